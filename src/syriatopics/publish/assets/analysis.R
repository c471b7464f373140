# Makes the shares of the study again from data/scores.csv, without syriatopics.
# Needs R and the package survey; estimatr where differences are wanted too.
#   Rscript analysis.R
# Words and topics in R: `syriatopics export CORPUS FOLDER --for-r` writes counts that quanteda and stm read.

library(survey)

scores <- read.csv(file.path("data", "scores.csv"), check.names = FALSE, encoding = "UTF-8",
                   stringsAsFactors = FALSE, na.strings = "")
about <- c("passage_id", "article_id", "outlet", "production", "date", "part")
themes <- setdiff(names(scores), about)

# Every article counts as one: a share is the mean over articles of the mean over their passages.
own <- scores[scores$production == "own" & !is.na(scores$outlet), ]
if (nrow(own) == 0) stop("No article of an outlet's own: take scores of all productions.")
articles <- aggregate(own[themes], own[c("article_id", "outlet")], mean, na.rm = TRUE)

design <- svydesign(ids = ~article_id, weights = ~1, data = articles)
shares <- do.call(rbind, lapply(themes, function(theme) {
  found <- svyby(reformulate(sprintf("`%s`", theme)), ~outlet, design, svymean, na.rm = TRUE)
  data.frame(outlet = found$outlet, theme = theme, share = found[[2]], se = found$se)
}))
write.csv(shares, "shares.csv", row.names = FALSE, fileEncoding = "UTF-8")
print(shares, digits = 3)

# Differences of outlets, with errors that hold where groups are small (CR2).
outlets <- sort(unique(articles$outlet))
if (length(outlets) > 1 && requireNamespace("estimatr", quietly = TRUE)) {
  differences <- do.call(rbind, lapply(themes, function(theme) {
    model <- reformulate("outlet", response = sprintf("`%s`", theme))
    fitted <- estimatr::lm_robust(as.formula(model), data = articles, clusters = article_id,
                                  se_type = "CR2")
    data.frame(theme = theme, estimatr::tidy(fitted)[-1, c("term", "estimate", "std.error", "p.value")])
  }))
  write.csv(differences, "differences.csv", row.names = FALSE, fileEncoding = "UTF-8")
  print(differences, digits = 3)
}
