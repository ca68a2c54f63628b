/*
 * custodian_terminal.c - a passphrase typed on the controlling terminal.
 *
 * Enters: keys pressed. Leaves: one line in the caller's (guarded) memory; the terminal as it was,
 * also when Ctrl-C was pressed. Signals are read from a descriptor instead of a handler: no global
 * state, and nobody is left with a terminal that shows nothing.
 */
#include "analyzer/custodian_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

struct custodian_terminal {
	int tty, signals;
	bool hidden; /* the terminal's settings were changed */
	struct termios shown;
	sigset_t before;
};

static void put(int fd, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t put_now = write(fd, text, n);

		if (put_now < 0 && errno != EINTR)
			return; /* the reading that follows fails, too, and says so */
		if (put_now > 0) {
			text += put_now;
			n -= (size_t)put_now;
		}
	}
}

/* Wait for a byte. 1: it is in *byte; 0: end; -1 with err set. */
static int next_byte(int tty, int signals, char *byte, struct err *err)
{
	struct pollfd wait[2] = {{.fd = tty, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
	struct signalfd_siginfo signal_read;
	ssize_t got;

	for (;;) {
		if (poll(wait, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return err_set(err, ERR_IO, "/dev/tty: %s", strerror(errno));
		}
		if (wait[1].revents != 0 &&
		    read(signals, &signal_read, sizeof(signal_read)) == sizeof(signal_read))
			return err_set(err, ERR_IO, "interrupted");
		if (wait[0].revents == 0)
			continue;
		got = read(tty, byte, 1);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got < 0)
			return err_set(err, ERR_IO, "/dev/tty: %s", strerror(errno));
		return (int)got;
	}
}

static int read_line(char *out, size_t size, int tty, int signals, struct err *err)
{
	size_t n = 0;
	char byte = 0;
	int got;

	while ((got = next_byte(tty, signals, &byte, err)) == 1 && byte != '\n') {
		if (n < size - 1)
			out[n] = byte;
		n++;
	}
	sodium_memzero(&byte, sizeof(byte));
	out[n < size ? n : size - 1] = '\0';
	if (got < 0)
		return -1;
	if (got == 0 && n == 0)
		return err_set(err, ERR_IO, "/dev/tty: nothing was typed");
	if (n >= size)
		return err_set(err, ERR_INPUT, "the passphrase is longer than %zu bytes", size - 1);
	return 0;
}

int custodian_terminal_open(struct custodian_terminal **out, struct err *err)
{
	struct custodian_terminal *t = calloc(1, sizeof(*t));
	struct termios hidden;
	sigset_t caught, blocked;

	if (t == NULL)
		return err_nomem(err);
	t->tty = t->signals = -1;
	sigemptyset(&caught);
	sigaddset(&caught, SIGINT);
	sigaddset(&caught, SIGQUIT);
	sigaddset(&caught, SIGTERM);
	sigaddset(&caught, SIGHUP);
	blocked = caught;
	sigaddset(&blocked, SIGTSTP);
	if (pthread_sigmask(SIG_BLOCK, &blocked, &t->before) != 0) {
		free(t);
		return err_set(err, ERR_IO, "signals cannot be blocked");
	}
	t->tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	t->signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
	if (t->tty < 0 || t->signals < 0 || tcgetattr(t->tty, &t->shown) != 0)
		goto fail;
	hidden = t->shown;
	hidden.c_lflag &= (tcflag_t)~(ECHO | ECHONL);
	hidden.c_lflag |= ICANON | ISIG;
	if (tcsetattr(t->tty, TCSAFLUSH, &hidden) != 0)
		goto fail;
	t->hidden = true;
	*out = t;
	return 0;
fail:
	err_set(err, ERR_IO, "no terminal to type a passphrase on: %s", strerror(errno));
	custodian_terminal_close(t);
	return -1;
}

void custodian_terminal_close(struct custodian_terminal *t)
{
	if (t == NULL)
		return;
	if (t->hidden)
		tcsetattr(t->tty, TCSAFLUSH, &t->shown);
	if (t->signals >= 0)
		close(t->signals);
	if (t->tty >= 0)
		close(t->tty);
	pthread_sigmask(SIG_SETMASK, &t->before, NULL);
	free(t);
}

int custodian_terminal_secret(char *out, size_t size, struct custodian_terminal *t,
                              const char *prompt, struct err *err)
{
	int status;

	if (tcflush(t->tty, TCIFLUSH) != 0)
		return err_set(err, ERR_IO, "/dev/tty: %s", strerror(errno));
	put(t->tty, prompt);
	status = read_line(out, size, t->tty, t->signals, err);
	put(t->tty, "\n");
	return status;
}

void custodian_terminal_say(const char *line)
{
	int tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);

	if (tty < 0)
		return;
	put(tty, line);
	put(tty, "\n");
	close(tty);
}
