"""Files: never half written, never named by a stranger, never longer than what can be held."""

from syriatopics.files.hashes import folder_hash, package_hash, sha256_of
from syriatopics.files.paths import inside, named_path, relative_name, require_file
from syriatopics.files.reading import (
    LARGEST_TEXT,
    bounded_lines,
    parse_json,
    read_bounded,
    read_json,
    read_toml,
)
from syriatopics.files.writing import (
    append_line,
    clear_unfinished,
    file_made_whole,
    folder_made_whole,
    move_files,
    require_free,
    taken,
    unfinished_folder,
    write_atomically,
)

__all__ = [
    "LARGEST_TEXT",
    "append_line",
    "bounded_lines",
    "clear_unfinished",
    "file_made_whole",
    "folder_hash",
    "folder_made_whole",
    "inside",
    "move_files",
    "named_path",
    "package_hash",
    "parse_json",
    "read_bounded",
    "read_json",
    "read_toml",
    "relative_name",
    "require_file",
    "require_free",
    "sha256_of",
    "taken",
    "unfinished_folder",
    "write_atomically",
]
