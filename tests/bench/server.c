/* server.c - the collector as people meet it. In: a study. Out: a process and its figures in /proc. */
#include "tests/bench/server.h"

#include "tests/bench/load.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Its first line says where it listens; the rest is of no interest here. */
static int read_address(struct server *s, struct err *err)
{
	static const char mark[] = "Listening on ";
	char line[256] = "";

	if (s->said == NULL || fgets(line, sizeof line, s->said) == NULL ||
	    strncmp(line, mark, sizeof mark - 1) != 0)
		return err_set(err, ERR_IO, "the collector does not start");
	return load_address(&s->address, line + sizeof mark - 1, err);
}

int server_start(struct server *out, const char *program, const char *study, struct err *err)
{
	int ends[2];

	*out = (struct server){0};
	if (pipe(ends) != 0)
		return err_set(err, ERR_IO, "a pipe: %s", strerror(errno));
	out->pid = fork();
	if (out->pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* not to outlive us */
		execl(program, program, study, "--listen", "127.0.0.1:0", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	out->said = fdopen(ends[0], "r");
	if (out->pid < 0) {
		out->pid = 0;
		err_set(err, ERR_IO, "a process: %s", strerror(errno));
	} else if (read_address(out, err) == 0) {
		return 0;
	}
	server_stop(out);
	return -1;
}

int server_stop(struct server *s)
{
	int status = 0;
	pid_t pid = s->pid;

	s->pid = 0;
	if (pid != 0) {
		kill(pid, SIGTERM);
		if (waitpid(pid, &status, 0) != pid)
			status = -1;
	}
	if (s->said != NULL)
		fclose(s->said);
	s->said = NULL;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static FILE *open_proc(const struct server *s, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%ld/%s", (long)s->pid, name);
	return fopen(path, "r");
}

int server_use(struct server_use *out, const struct server *s, struct err *err)
{
	const double ticks = (double)sysconf(_SC_CLK_TCK);
	FILE *status = open_proc(s, "status"), *stat = open_proc(s, "stat");
	unsigned long user = 0, system = 0;
	char line[1024];
	int found = 0;

	*out = (struct server_use){0};
	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		found += sscanf(line, "VmHWM: %zu", &out->peak) == 1 ||
		         sscanf(line, "VmRSS: %zu", &out->resident) == 1;
	/* proc(5): the name in brackets, the state, ten fields, then what we want */
	if (stat != NULL && fgets(line, sizeof line, stat) != NULL && strrchr(line, ')') != NULL)
		found += sscanf(strrchr(line, ')') + 1,
				 " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user,
				 &system) == 2;
	out->user = (double)user / ticks;
	out->system = (double)system / ticks;
	if (status != NULL)
		fclose(status);
	if (stat != NULL)
		fclose(stat);
	return found == 3 ? 0 : err_set(err, ERR_IO, "the collector has gone");
}
