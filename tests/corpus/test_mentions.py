import syriatopics as st

TEXT = "قال الوزير أمس الثلاثاء إن القافلة وصلت قبل يومين، وإنها انطلقت الشهر الماضي من دمشق ومعها أدوية."


def corpus(tmp_path, name, first):
    (tmp_path / f"{name}.txt").write_text(f"{first}\n\n{TEXT}\n\n{TEXT}", encoding="utf-8")
    return st.read_corpus(tmp_path)


def test_dates_are_counted_from_the_printed_date_and_lead_back_to_the_raw_text(tmp_path):
    found = corpus(tmp_path, "a", "27 تموز 2016")
    table = found.date_mentions()
    assert table[["text", "year", "month", "day"]].fillna(0).to_numpy().tolist()[:3] == [
        ["أمس الثلاثاء", 2016, 7, 26],
        ["قبل يومين", 2016, 7, 25],
        ["الشهر الماضي", 2016, 6, 0],
    ]
    raw = found["a"].raw
    assert [raw[row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
    assert table["evidence"].str.contains("2016-07-27").all()


def test_without_a_printed_date_they_are_found_and_mean_nothing(tmp_path):
    table = corpus(tmp_path, "a", "خبر بلا تاريخ").date_mentions()
    assert len(table) == 3  # the repeated paragraph is a pull quote
    assert table["year"].isna().all()
