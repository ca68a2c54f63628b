#!/bin/bash
#
# Goal: a round's keys are made in one ceremony; a quorum of the custodians is needed to open;
# every mistake with keys has its own words and leaves nothing half-made; what is typed is not
# shown; a key file can be destroyed.
#
. "$(dirname "$0")/lib.sh"

STUDY=$WORK/study
cd "$WORK" || exit 1

ok "a study" "$FORM" new "$STUDY"
sed -i 's|"demonstration": false|"demonstration": true|' "$STUDY/study.json"
[ -d "$STUDY" ] || exit 1
cat >five <<'END'
willow kettle orbit canvas
harbour pencil seven moth
ladder autumn violin brick
paper tiger gravel morning
salt window rhubarb tunnel
END
head -n 3 five >three
head -n 2 five >two
tac three >wrong

create() { # ROUND CUSTODIANS QUORUM FOLDER PASSPHRASES
	"$KEYS" create "$STUDY" --round "$1" --custodians "$2" --quorum "$3" -o "$4" \
		--passphrase-file "$5"
}
mode() { # MODE FILE ...
	local want=$1 f
	shift
	for f; do [ "$(stat -c %a "$f")" = "$want" ] || return 1; done
}
# Every file of the study and every key file, as they are.
everything() { find "$STUDY" "$@" -type f -exec sha256sum {} + 2>/dev/null | sort; }

# --- a ceremony of 2 of 3

ok "create 2 of 3" create 2020-05 3 2 keys three
cp out said
ok "create explains the quorum" grep -q "that number is called the quorum" said
ok "create says that a passphrase file is for tests" \
	grep -q "^NOTICE: the passphrases come from a file" said
ok "create rehearses with two quorums" grep -q "custodians 2 and 3 together: a test answer" said
ok "create prints the fingerprint of public.key" \
	grep -qF "$(sed -n 's/^fingerprint: //p' "$STUDY/rounds/2020-05/public.key")" said
ok "key files are their owner's alone" mode 600 keys/custodian-{1,2,3}.key
ok "the folder of the keys is its owner's alone" mode 700 keys
ok "the public files can be read" mode 644 "$STUDY"/rounds/2020-05/{public.key,form.json}
same "form.json public.key" "$(cd "$STUDY/rounds/2020-05" && echo $(ls -A))" \
	"the round holds two files and nothing else"
same 2020-05 "$(ls -A "$STUDY/rounds")" "no unfinished round is left"
ok "the form is frozen for its round" \
	grep -q '"round": *"2020-05"' "$STUDY/rounds/2020-05/form.json"

has "custodian 3 of 3" "verify says whose file it is" \
	"$KEYS" verify keys/custodian-3.key --passphrase-file three
tail -n 1 three >one
ok "verify with one line for this file" "$KEYS" verify keys/custodian-3.key --passphrase-file one

# --- 3 of 5, and the month as the round's name

has "custodians 3, 4 and 5 together: a test answer" "create 3 of 5" create 2020-06 5 3 keys5 five
same 5 "$(ls keys5 | wc -l)" "five key files"
ok "create without a round's name" \
	"$KEYS" create "$STUDY" --custodians 2 --quorum 2 -o keys-month --passphrase-file two
ok "the round is named after the month" [ -f "$STUDY/rounds/$(date +%Y-%m)/public.key" ]

# --- opening takes a quorum

if [ -x "$ANALYZE" ] && [ -x "$COLLECT" ]; then
	"$FORM" simulate "$STUDY" -n 30 --seed 7 -o people.jsonl
	ok "import for 2 of 3" "$COLLECT" "$STUDY" --round 2020-05 --import people.jsonl
	open() { # KEYS PASSPHRASES of custodians ...
		local folder=$1 lines=$2 i args=()
		shift 2
		for i; do args+=(--key "$folder/custodian-$i.key"); done
		"$ANALYZE" "$STUDY" --round 2020-05 "${args[@]}" --passphrase-file "$lines"
	}
	ok "custodians 1 and 2 open" open keys three 1 2
	ok "custodians 3 and 1 open" open keys three 3 1
	ok "custodians 2 and 3 open" open keys three 2 3
	fails 1 "2 of 3 custodians are needed, 1 given" "bad-one-share" open keys three 1
	fails 1 "custodian 2 is given twice" "bad-same-share" open keys three 2 2
	fails 1 "a share of another round, 2020-06" "bad-other-round" open keys5 five 1 2 3
	fails 1 "wrong passphrase" "bad-passphrase" open keys wrong 1 2
fi

# --- mistakes with key files

fails 1 "keys/custodian-1.key: wrong passphrase" "bad-verify-passphrase" \
	"$KEYS" verify keys/custodian-1.key --passphrase-file wrong
sed 's/^share: ./share: x/' keys/custodian-1.key >damaged-hex.key
sed '/^share: /{s/[0-4]\(.\)$/7\1/;t;s/[5-9a-f]\(.\)$/3\1/}' keys/custodian-1.key >damaged.key
sed 's/^quorum: 2/quorum: 3/' keys/custodian-1.key >damaged-quorum.key
head -n 20 keys/custodian-1.key >cut.key
for f in damaged-hex damaged damaged-quorum cut; do
	fails 1 "$f.key: the key file is damaged" "bad-$f" \
		"$KEYS" verify "$f.key" --passphrase-file three
done
sed 's/$/\r/' keys/custodian-1.key >mailed.key
ok "a key file survives a mail program's line ends" \
	"$KEYS" verify mailed.key --passphrase-file three
fails 1 "not a custodian's key file" "bad-not-a-key" \
	"$KEYS" verify "$STUDY/../three" --passphrase-file three
fails 1 "No such file" "bad-no-file" "$KEYS" verify nothing.key --passphrase-file three
cp keys/custodian-1.key "$STUDY/custodian-1.key"
fails 3 "inside the study folder" "bad-key-in-study" \
	"$KEYS" verify "$STUDY/custodian-1.key" --passphrase-file three
rm "$STUDY/custodian-1.key"

# --- refusals leave nothing behind

before=$(everything keys keys5 keys-month)
ln -s "$STUDY" link
mkdir -p "$WORK/real"
fails 3 "inside the study folder" "bad-folder-in-study" create r1 3 2 "$STUDY/keys" three
fails 3 "inside the study folder" "bad-folder-by-link" create r1 3 2 link/keys three
fails 3 "inside the study folder" "bad-folder-by-dots" create r1 3 2 "real/../study/rounds/k" three
fails 1 "the round exists" "bad-round-exists" create 2020-05 3 2 new three
fails 1 "already exists" "bad-keys-exist" create r1 3 2 keys three
fails 1 "a round's name" "bad-round-name" create ../r1 3 2 new three
fails 1 "2 lines for 3 custodians" "bad-few-passphrases" create r1 3 2 new two
echo short >short
fails 1 "short: line 1: the passphrase has fewer than 12 characters" "bad-short-passphrase" \
	create r1 3 2 new short
fails 1 "no such study folder" "bad-no-study" \
	"$KEYS" create nowhere --custodians 3 --quorum 2 -o new --passphrase-file three
cp "$STUDY/form.json" form.json
echo '{' >"$STUDY/form.json"
fails 1 "form.json" "bad-questionnaire" create r1 3 2 new three
sed 's/"select_one"/"select_nun"/' form.json >"$STUDY/form.json"
fails 1 "select_nun" "bad-question-type" create r1 3 2 new three
cp form.json "$STUDY/form.json"
fails 2 "--quorum" "bad-quorum-of-one" create r1 3 1 new three
fails 2 "larger than --custodians" "bad-quorum-too-large" create r1 3 4 new three
fails 2 "-o FOLDER" "bad-no-folder" "$KEYS" create "$STUDY" --custodians 3 --quorum 2
fails 2 "unknown option" "bad-option" "$KEYS" create "$STUDY" --custodian-count 3
fails 2 "unknown command" "bad-command" "$KEYS" make "$STUDY"
fails 1 "no terminal" "bad-no-terminal" \
	setsid -w "$KEYS" create "$STUDY" --round r1 --custodians 3 --quorum 2 -o new </dev/null
fails 1 "standard output cannot be written" "bad-output" sh -c \
	'"$0" create "$1" --round r1 --custodians 3 --quorum 2 -o new --passphrase-file three \
	>/dev/full' "$KEYS" "$STUDY"
mkdir full
if mount -t tmpfs -o size=4k,nr_inodes=3 none full 2>/dev/null; then
	fails 1 "full/keys" "bad-full-disk" create r1 3 2 full/keys three
	ok "a full disk keeps nothing" [ -z "$(ls -A full)" ]
	umount full
fi
same "$before" "$(everything keys keys5 keys-month)" "no refusal has left or changed anything"
ok "no refusal has left a folder" [ ! -e new ]

# --- typing on a terminal: nothing is shown, Ctrl-C leaves nothing

cat >type.py <<'END'
import os, pty, select, sys, termios
status, lines, command = int(sys.argv[1]), sys.argv[2].split('|'), sys.argv[3:]
pid, fd = pty.fork()
if pid == 0:
    os.execv(command[0], command)
shown = b''
while True:
    ready, _, _ = select.select([fd], [], [], 60)
    try:
        got = os.read(fd, 4096) if ready else b''
    except OSError:
        got = b''
    if not got:
        break
    shown += got
    asks = shown.count(b'(it is not shown): ') + shown.count(b'passphrase again: ')
    if lines and asks > getattr(sys, 'answered', 0):
        sys.answered = asks
        while termios.tcgetattr(fd)[3] & termios.ECHO:
            pass
        line = lines.pop(0)
        os.write(fd, b'\x03' if line == '^C' else line.encode() + b'\n')
sys.stdout.buffer.write(shown)
sys.exit(0 if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == status else 1)
END
P1="my grandmother's green bicycle" P2="été à la mer avec Zoé"
ok "create with typed passphrases" python3 type.py 0 "short|$P1|other than it|$P1|$P1|$P2|$P2" \
	"$KEYS" create "$STUDY" --round typed --custodians 2 --quorum 2 -o typed
cp out said
ok "a short passphrase is asked for again" grep -q "fewer than 12 characters" said
ok "two different ones are asked for again" grep -q "not the same" said
lacks bicycle "no passphrase is shown" said
ok "the strong setting is used" grep -q "argon2id13 3 268435456" typed/custodian-1.key
ok "verify with a typed passphrase, at the second try" python3 type.py 0 "not this one|$P2" \
	"$KEYS" verify typed/custodian-2.key
ok "verify gives up after three tries" python3 type.py 1 "no, not this|nor this one|nor that" \
	"$KEYS" verify typed/custodian-2.key
ok "Ctrl-C ends the ceremony" python3 type.py 1 "$P1|$P1|^C" \
	"$KEYS" create "$STUDY" --round gone --custodians 2 --quorum 2 -o gone
ok "Ctrl-C leaves no key" [ ! -e gone ]
same "" "$(find "$STUDY/rounds" -name gone -o -name '.new*')" "Ctrl-C leaves no round"

# --- destroying

fails 1 "not confirmed" "bad-not-confirmed" \
	sh -c 'echo 2/2020-05 | "$0" destroy keys/custodian-1.key' "$KEYS"
ok "what is not confirmed is kept" "$KEYS" verify keys/custodian-1.key --passphrase-file three
ln keys/custodian-1.key second-name
ok "destroy" sh -c 'echo 1/2020-05 | "$0" destroy keys/custodian-1.key' "$KEYS"
ok "the file is gone" [ ! -e keys/custodian-1.key ]
lacks custodian "its bytes are overwritten" second-name
ok "destroy without asking" "$KEYS" destroy --yes keys/custodian-2.key
ok "destroy a damaged key file" "$KEYS" destroy --yes damaged.key
fails 1 "not a custodian's key file" "bad-destroy-other" "$KEYS" destroy --yes three
ok "what is not a key file is kept" [ -s three ]
ln -s "$WORK/keys/custodian-3.key" pointer.key
fails 1 "pointer.key" "bad-destroy-link" "$KEYS" destroy --yes pointer.key

has "usage: survey-keys create" "help" "$KEYS" --help
has "survey-keys " "version" "$KEYS" --version
