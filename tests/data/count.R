# count.R - simulated people counted by R: counts, percentages, means, medians and quartiles, crossed.
#
# usage: Rscript count.R FORM.json PEOPLE.jsonl BY COUNTED.csv
#
# Compares them with COUNTED.csv, what survey-analyze --by BY --format csv counted after the same
# people went through the collector. BY is "total", "language" or a question with one answer.
# Prints how many numbers were compared and how many differ.
suppressPackageStartupMessages(library(jsonlite))
args <- commandArgs(trailingOnly = TRUE)
form <- fromJSON(args[1], simplifyVector = FALSE)
people <- lapply(readLines(args[2], encoding = "UTF-8"), fromJSON, simplifyVector = FALSE)
by <- args[3]
counted <- read.csv(args[4], colClasses = "character", encoding = "UTF-8", na.strings = NULL)
key <- paste(counted$question, counted$row, counted$measure, counted$by, counted$group,
	counted$answer, sep = "|")
compared <- 0
differ <- 0

expect <- function(place, column, wanted) {
	at <- match(paste(place, collapse = "|"), key)
	compared <<- compared + 1
	if (is.na(at) || counted[at, column] != wanted) {
		differ <<- differ + 1
		if (differ < 6)
			cat(place, column, wanted, if (is.na(at)) "missing" else counted[at, column], "\n")
	}
}

answer <- function(field) lapply(people, function(p) unlist(p$answers[[field]]))
one <- function(field) vapply(answer(field), function(a)
	if (is.null(a) || identical(a, "declined")) NA_character_ else a[1], "")
choices <- function(q) {
	list <- q$choices
	if (is.character(list)) list <- form$choices[[list]]
	vapply(list, function(c) c$value, "")
}

if (by == "total") {
	groups <- list(everybody = rep(TRUE, length(people)))
	names(groups) <- ""
} else {
	value <- if (by == "language") vapply(people, function(p) p$language, "") else one(by)
	groups <- lapply(split(seq_along(people), value), function(i) seq_along(people) %in% i)
}

share <- function(n, base) sprintf("%.1f", floor(n * 1000 / base + 0.5) / 10)

for (section in form$sections) for (q in section$questions) for (i in seq_along(groups)) {
	inside <- groups[[i]]
	g <- names(groups)[i]
	if (q$type %in% c("select_one", "scale", "select_multiple", "ranking")) {
		field <- q$id
		given <- answer(field)[inside]
		given <- given[!vapply(given, is.null, TRUE)]
		given <- given[!vapply(given, identical, TRUE, "declined")]
		base <- length(given)
		measure <- switch(q$type, select_one = "choice", scale = "scale",
			select_multiple = "multiple", ranking = "first")
		values <- if (q$type == "scale") as.character(q$min:q$max) else choices(q)
		first <- if (q$type == "ranking") lapply(given, `[`, 1) else given
		n <- table(factor(unlist(first), levels = values))
		for (v in values) {
			place <- c(q$id, "", measure, by, g, v)
			expect(place, "count", as.character(n[[v]]))
			expect(place, "base", as.character(base))
			if (base > 0) expect(place, "percent", share(n[[v]], base))
		}
	}
	if (q$type == "matrix") for (row in q$rows) {
		x <- one(paste0(q$id, "/", row$id))[inside]
		n <- table(factor(x, levels = choices(q)))
		for (v in choices(q)) {
			place <- c(q$id, row$id, "choice", by, g, v)
			expect(place, "count", as.character(n[[v]]))
			expect(place, "base", as.character(sum(!is.na(x))))
		}
	}
	if (q$type %in% c("integer", "decimal", "scale")) {
		x <- as.numeric(one(q$id)[inside])
		x <- x[!is.na(x)]
		measure <- if (q$type == "scale") "scale" else "bands"
		if (length(x) > 0) {
			place <- c(q$id, "", measure, by, g)
			expect(c(place, "mean"), "count", sprintf("%.2f", mean(x)))
			expect(c(place, "median"), "count", sprintf("%.2f", median(x)))
		}
		if (length(x) > 0 && measure == "bands") {
			quartile <- quantile(x, c(0.25, 0.75), type = 7)
			expect(c(place, "lower_quartile"), "count", sprintf("%.2f", quartile[[1]]))
			expect(c(place, "upper_quartile"), "count", sprintf("%.2f", quartile[[2]]))
			cells <- table(cut(x, c(unlist(q$bands), Inf), right = FALSE))
			bands <- unique(counted$answer[counted$question == q$id & counted$by == by &
				counted$status == "exact"])
			for (k in seq_along(cells))
				expect(c(place, bands[k]), "count", as.character(cells[[k]]))
		}
	}
}
cat(compared, "compared", differ, "differ\n")
