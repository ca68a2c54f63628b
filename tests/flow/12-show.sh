#!/bin/bash
# Goal: staff look at a questionnaire in the terminal, and print it to take it to people, in every
# language, with nothing missing and nothing that calls out.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

COVID=$SOURCE/forms/library/covid-peer-experience.json

# paper.py FORM LANGUAGE HTML: every text of the questionnaire stands in a well-formed page.
cat >paper.py <<'END'
import html.parser
import json
import sys

VOID = {'meta', 'br'}
KNOWN = {'html', 'head', 'meta', 'title', 'style', 'body', 'header', 'section', 'h1', 'h2', 'h3',
         'p', 'b', 'br', 'div', 'span', 'small', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr',
         'th', 'td'}


class Paper(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.text, self.faults = [], set(), [], []
        self.blocks = ['']

    def handle_starttag(self, tag, attributes):
        if tag not in KNOWN:
            self.faults.append(f'<{tag}>')
        for name, value in attributes:
            if name not in ('lang', 'dir', 'charset', 'name', 'content', 'id', 'class', 'scope',
                            'colspan'):
                self.faults.append(f'{tag} {name}')
            if name == 'id' and value in self.ids:
                self.faults.append(f'id {value} twice')
            if name == 'id':
                self.ids.add(value)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ('h3', 'li', 'th', 'td', 'p', 'h1', 'h2', 'span'):
            self.blocks.append('')

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'</{tag}>')

    def handle_data(self, data):
        if self.open and self.open[-1] != 'style':
            self.text.append(data)
        elif 'url(' in data or '@import' in data or 'http' in data:
            self.faults.append('a style from elsewhere')


def plain(text):
    return ' '.join(text.split())


form, language, path = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
page = Paper()
page.feed(open(path, encoding='utf-8').read())
page.close()
shown = plain(' '.join(page.text))
if page.open:
    page.faults.append('left open: ' + ' '.join(page.open))
texts = [form['title'], form['introduction'], form['consent'], form['thanks']]
questions = 0
for section in form['sections']:
    texts += [section['title'], section.get('note')]
    for question in section['questions']:
        if question['type'] == 'calculate':
            continue
        questions += question['type'] != 'note'
        choices = question.get('choices', [])
        if isinstance(choices, str):
            choices = form['choices'][choices]
        texts += [question['label'], question.get('hint'), question.get('low'), question.get('high')]
        texts += [each['label'] for each in choices + question.get('rows', [])]
for text in texts:
    for paragraph in (text or {}).get(language, '').split('\n'):
        if plain(paragraph) not in shown:
            page.faults.append('missing: ' + paragraph)
if len([i for i in page.ids if i.startswith('q-')]) < questions:
    page.faults.append('too few questions')
for fault in page.faults:
    print(fault)
sys.exit(1 if page.faults else 0)
END

for form in "$SOURCE"/forms/library/*.json; do
	name=$(basename "$form" .json)
	for language in $(jq -r '.languages[]' "$form"); do
		ok "$name, $language: paper" \
			"$FORM" show "$form" --language "$language" --html "$name-$language.html"
		ok "$name, $language: whole, well-formed, by itself" \
			python3 paper.py "$form" "$language" "$name-$language.html"
		lacks '{' "$name, $language: every place in our words is filled" \
			<(sed -n '/<body>/,$p' "$name-$language.html")
		"$FORM" show "$form" --language "$language" >outline.txt
		same "$(jq '[.sections[].questions[] | select(.type != "note" and .type != "calculate")]
			| length' "$form")" "$(grep -c '^ \{0,2\}[0-9]\{1,3\}\. ' outline.txt)" \
			"$name, $language: the outline has every question"
	done
done
lacks 'http' "no address of another server" ./*.html
ok "the same paper twice" "$FORM" show "$COVID" --language ru --html again.html
ok "has the same bytes" cmp again.html covid-peer-experience-ru.html

# routing as interviewers know it
has '→ go to question 9</span>' "an answer that ends a branch says where to go" \
	grep -F 'No, I did not want or need a test' covid-peer-experience-en.html
has 'class="if">Answer questions 23 to 25 only if you answered' "a part for some says for whom" \
	cat covid-peer-experience-en.html
has '→ Otherwise go to question 26.' "and where the others go" cat covid-peer-experience-en.html
lacks 'Answer question 8 only' "what an arrow says is not said twice" covid-peer-experience-en.html
has 'dir="rtl"' "Arabic is set from right to left" head -n 2 covid-peer-experience-ar.html

# a study, its own texts, its questionnaire
ok "a study" "$FORM" new study
jq '.contact = {en: "Ask Sam & friends"}' study/study.json >edited && mv edited study/study.json
ok "paper of a study" "$FORM" show study --html study.html
has 'Ask Sam &amp; friends' "has the study's contact" cat study.html
has 'about: 44' "outline of a study" sed 's/.*: 44 questions.*/about: 44/' <("$FORM" show study)
lacks $'\033' "no colour outside a terminal" <("$FORM" show study)
if command -v script >/dev/null; then
	TERM=xterm script -qec "'$FORM' show study" /dev/null >tty.txt </dev/null
	ok "colour on a terminal" grep -q $'\033\[1m' tty.txt
	NO_COLOR=1 TERM=xterm script -qec "'$FORM' show study" /dev/null >tty.txt </dev/null
	lacks $'\033' "unless somebody does not want it" tty.txt
fi

fails 1 '--language tlh: the questionnaire is in en, fr, es, pt, ru, ar' "an unknown language" \
	"$FORM" show study --language tlh
fails 1 'no/form.json: No such file' "a file that is not there" "$FORM" show no/form.json
fails 1 'No such file' "a folder that is not there" "$FORM" show study --html no/such/paper.html
fails 2 'show takes only' "an option of another command" "$FORM" show study -n 5
fails 2 '--html is for show' "an option of show" "$FORM" check study --html x.html
echo '{"format": ' >bad.json
fails 1 'bad.json' "a questionnaire with an error" "$FORM" show bad.json
if [ -w /dev/full ]; then
	"$FORM" show study >/dev/full 2>err
	same 1 $? "a full disk under standard output is noticed"
fi

# printed, if there is a browser: no question is split, so no page is nearly empty
if command -v chromium >/dev/null && command -v pdfinfo >/dev/null; then
	for language in en ar; do
		timeout 60 chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
			--user-data-dir="$WORK/chromium" --print-to-pdf="$language.pdf" \
			"covid-peer-experience-$language.html" >out 2>err
		pages=$(pdfinfo "$language.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
		ok "$language prints on about a dozen pages of A4 (${pages:-none})" \
			test "${pages:-0}" -ge 8 -a "${pages:-0}" -le 16
		has 'A4' "$language is A4" pdfinfo "$language.pdf"
	done
fi
