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
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

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

int custodian_terminal_secret(char *out, size_t size, const char *prompt, struct err *err)
{
	struct termios shown, hidden;
	sigset_t caught, blocked, before;
	int tty = -1, signals = -1, status = -1;

	sigemptyset(&caught);
	sigaddset(&caught, SIGINT);
	sigaddset(&caught, SIGQUIT);
	sigaddset(&caught, SIGTERM);
	sigaddset(&caught, SIGHUP);
	blocked = caught;
	sigaddset(&blocked, SIGTSTP);
	if (pthread_sigmask(SIG_BLOCK, &blocked, &before) != 0)
		return err_set(err, ERR_IO, "signals cannot be blocked");
	tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
	if (tty < 0 || signals < 0 || tcgetattr(tty, &shown) != 0) {
		err_set(err, ERR_IO, "no terminal to type a passphrase on: %s", strerror(errno));
		goto out;
	}
	hidden = shown;
	hidden.c_lflag &= (tcflag_t)~(ECHO | ECHONL);
	hidden.c_lflag |= ICANON | ISIG;
	if (tcsetattr(tty, TCSAFLUSH, &hidden) != 0) {
		err_set(err, ERR_IO, "/dev/tty: %s", strerror(errno));
		goto out;
	}
	put(tty, prompt);
	status = read_line(out, size, tty, signals, err);
	put(tty, "\n");
	if (tcsetattr(tty, TCSAFLUSH, &shown) != 0 && status == 0)
		status = err_set(err, ERR_IO, "/dev/tty: %s", strerror(errno));
out:
	if (signals >= 0)
		close(signals);
	if (tty >= 0)
		close(tty);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
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
