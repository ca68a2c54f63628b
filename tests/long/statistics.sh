#!/bin/bash
# Goal: R counts what the analysis counts; PSPP and R read its microdata with every label.
. "$(dirname "$0")/../flow/lib.sh"
cd "$WORK" || exit 1

ok "a study with 2-of-3 keys" study s
ok "simulate" "$FORM" simulate s -n 2000 --seed 31 -o people.jsonl
ok "import" "$COLLECT" s --import people.jsonl

for by in total language gender age_band oat_now; do
	if [ "$by" = total ]; then
		ok "counted: $by" analyze s --format csv -o counted.csv
	else
		ok "counted: $by" analyze s --by "$by" --format csv -o counted.csv
	fi
	Rscript "$SOURCE/tests/data/count.R" s/rounds/2020-05/form.json people.jsonl "$by" \
		counted.csv >compared 2>&1
	read -r n _ differ _ < <(tail -n 1 compared)
	if [ "${differ:-x}" = 0 ] && [ "$n" -gt 700 ]; then
		passed "R agrees on all $n numbers: $by"
	else
		failed "R agrees: $by" "$(tail -n 6 compared)"
	fi
done

purpose="to see whether other programs read this"
for kind in csv sav dta; do
	ok "microdata as .$kind" analyze s --language fr --microdata "m.$kind" --purpose "$purpose"
done
cat >m.R <<'END'
suppressPackageStartupMessages(library(haven))
s <- read_sav("m.sav", user_na = TRUE)
d <- read_dta("m.dta")
c <- read.csv("m.csv")
plain <- function(x) unname(as.matrix(as.data.frame(lapply(x, as.numeric))))
cat("data", identical(plain(s), plain(c)) || all(plain(s) == plain(c)), all(plain(d) == plain(c)), "\n")
cat("names", identical(names(s), names(c)), identical(names(d), names(c)), "\n")
book <- readLines("m.codebook.txt", encoding = "UTF-8")
book <- book[(which(book == "Variables") + 1):length(book)]
wrong <- 0
labels <- 0
name <- NULL
for (line in book) {
	m <- regmatches(line, regexec("^([a-z][a-z0-9_]*)  (.*)$", line))[[1]]
	if (length(m) > 0) {
		name <- m[2]
		for (f in list(s, d)) if (!startsWith(m[3], substr(attr(f[[name]], "label"), 1, 60)))
			wrong <- wrong + 1
	}
	m <- regmatches(line, regexec("^  (-?[0-9.]+)  (.*)$", line))[[1]]
	if (length(m) > 0) for (f in list(s, d)) {
		labels <- labels + 1
		l <- attr(f[[name]], "labels")
		if (!(startsWith(m[3], substr(names(l)[match(as.numeric(m[2]), l)], 1, 60))))
			wrong <- wrong + 1
	}
}
cat("labels", labels > 1000, wrong, "\n")
missing <- attr(s$gender, "na_range")
cat("missing", missing[1] == -4, missing[2] == -1, "\n")
END
Rscript m.R >read.txt 2>&1
same 'data TRUE TRUE ' "$(grep '^data' read.txt)" "R haven reads the same numbers from .sav, .dta and .csv" "$(cat read.txt)"
same 'names TRUE TRUE ' "$(grep '^names' read.txt)" "and the same names"
same 'labels TRUE 0 ' "$(grep '^labels' read.txt)" "and every label"
same 'missing TRUE TRUE ' "$(grep '^missing' read.txt)" "negative codes are missing values"

cat >m.sps <<'END'
GET FILE='m.sav'.
MRSETS /DISPLAY NAME=ALL.
FREQUENCIES gender covid_test.
SAVE TRANSLATE /OUTFILE='p.csv' /TYPE=CSV /FIELDNAMES /CELLS=VALUES /REPLACE.
DISPLAY DOCUMENTS.
END
ok "PSPP reads the .sav" pspp -O width=200 -o p.txt m.sps
same 13 "$(grep -c '^|\$' p.txt)" "PSPP knows the sets of several answers"
ok "PSPP shows the labels" grep -q 'Femme' p.txt
ok "PSPP shows the purpose" grep -q "$purpose" p.txt
python3 - m.csv p.csv >same.txt <<'END'
import csv, sys
a, b = ([[float(x or 'nan') for x in r] for r in list(csv.reader(open(f, newline='')))[1:]] for f in sys.argv[1:])
print(a == b, len(a) > 1900)
END
same 'True True' "$(cat same.txt)" "PSPP reads the same numbers"
