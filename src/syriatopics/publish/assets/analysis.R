# Makes the main tables of the study again from data/, without syriatopics, and says how far it comes from them.
# Needs R and the package survey; estimatr for differences, quanteda and quanteda.textstats for words: what
# needs one that is not installed is left out, and said.
#   Rscript analysis.R
# Topics in R: `syriatopics export CORPUS FOLDER --for-r` writes counts that quanteda and stm read.

library(survey)

read <- function(name) {
  file <- file.path("data", paste0(name, ".csv"))
  if (!file.exists(file)) return(NULL)
  read.csv(file, check.names = FALSE, encoding = "UTF-8", stringsAsFactors = FALSE, na.strings = "")
}
write <- function(table, name) {
  write.csv(table, paste0(name, ".csv"), row.names = FALSE, fileEncoding = "UTF-8")
}
# Says how far a column of ours lies from that of a table of the study, over the rows that both have.
compare <- function(ours, study, keys, column) {
  if (is.null(study) || !all(c(keys, column) %in% names(study))) return(invisible())
  both <- merge(ours, study, by = keys, suffixes = c("", ".study"))
  apart <- abs(as.numeric(both[[column]]) - as.numeric(both[[paste0(column, ".study")]]))
  known <- apart[!is.na(apart)]
  said <- if (length(known)) sprintf("%.6f apart at most", max(known)) else "none to compare"
  cat(sprintf("%s: %d of the study's, %s\n", column, length(known), said))
}
installed <- function(...) {
  missing <- Filter(function(name) !requireNamespace(name, quietly = TRUE), c(...))
  if (length(missing)) cat("Left out, not installed:", paste(missing, collapse = ", "), "\n")
  length(missing) == 0
}

scores <- read("scores")
about <- c("passage_id", "article_id", "outlet", "production", "date", "part")
themes <- setdiff(names(scores), about)
scores <- scores[!is.na(scores$outlet), ]
if (nrow(scores) == 0) stop("No article has an outlet: there is nothing to compare.")

# Every article counts as one: a share is the mean over articles of the mean over their passages. Of unknown
# production are articles of which nobody says who made them; they are taken as the outlet's own.
taken <- list(all = character(), own = c("wire", "translated", "republished"))
articles_of <- function(production) {
  kept <- scores[!scores$production %in% taken[[production]], ]
  if (nrow(kept) == 0) return(NULL)
  aggregate(kept[themes], kept[c("article_id", "outlet")], mean, na.rm = TRUE)
}

shares_of <- function(production) {
  articles <- articles_of(production)
  if (is.null(articles)) return(NULL)
  design <- svydesign(ids = ~article_id, weights = ~1, data = articles)
  do.call(rbind, lapply(themes, function(theme) {
    known <- subset(design, !is.na(articles[[theme]]))
    if (nrow(known) == 0) return(NULL)
    found <- svyby(reformulate(sprintf("`%s`", theme)), ~outlet, known, svymean)
    data.frame(outlet = found$outlet, theme = theme, share = found[[2]], se = found$se,
               production = production)
  }))
}
shares <- do.call(rbind, lapply(names(taken), shares_of))
write(shares, "shares")
print(shares, digits = 3, row.names = FALSE)
compare(shares[shares$production == "all", ], read("31_theme_shares"), c("outlet", "theme"), "share")

# Differences of outlets, with errors that hold where groups are small (CR2).
differences_of <- function(production) {
  articles <- articles_of(production)
  sizes <- table(articles$outlet)
  outlets <- names(sizes)[sizes > 1]
  if (length(outlets) < 2) return(NULL)
  pairs <- combn(outlets, 2, simplify = FALSE)
  do.call(rbind, lapply(c(pairs, lapply(pairs, rev)), function(pair) {
    do.call(rbind, lapply(themes, function(theme) {
      both <- articles[articles$outlet %in% pair & !is.na(articles[[theme]]), ]
      if (length(unique(both$outlet)) < 2) return(NULL)
      both$first <- as.numeric(both$outlet == pair[1])
      model <- reformulate("first", response = sprintf("`%s`", theme))
      fitted <- estimatr::lm_robust(model, data = both, clusters = article_id, se_type = "CR2")
      found <- estimatr::tidy(fitted)[2, ]
      data.frame(a = pair[1], b = pair[2], theme = theme, difference = found$estimate,
                 se = found$std.error, p = found$p.value, production = production)
    }))
  }))
}
if (installed("estimatr")) {
  differences <- do.call(rbind, lapply(names(taken), differences_of))
  if (!is.null(differences)) {
    write(differences, "differences")
    compare(differences, read("37_contrasts"), c("a", "b", "theme", "production"), "difference")
  }
}

# Words that set the two largest outlets apart: terms.csv counts them in both, the larger first.
words <- read("terms")
pair <- unique(words$outlet)
if (length(pair) == 2 && installed("quanteda", "quanteda.textstats")) {
  terms <- sort(unique(words$term))
  counts <- Matrix::sparseMatrix(i = match(words$outlet, pair), j = match(words$term, terms), x = words$n,
                                 dims = c(2, length(terms)), dimnames = list(pair, terms))
  keyness <- as.data.frame(quanteda.textstats::textstat_keyness(quanteda::as.dfm(counts), target = pair[1],
                                                               measure = "lr"))
  names(keyness)[names(keyness) == "feature"] <- "term"
  keyness$count <- keyness$n_target + keyness$n_reference
  write(keyness, "keyness")
  compare(keyness, read("34_keyness"), "term", "count")
}
