/*
 * keys_destroy.c - survey-keys destroy: the file's bytes overwritten, then its name removed.
 *
 * What this can not reach (an SSD's spare blocks, a copy-on-write file system's old versions,
 * other copies) is said at the end. The passphrase protects those.
 */
#include "analyzer/keys.h"
#include "analyzer/custodian.h"
#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE = 65536, ANSWER = 64 };

/* Say what the file is and what has to be typed to destroy it. */
static int recognise(char answer[ANSWER], const char *path, struct err *err)
{
	struct buf text = {0};
	struct custodian c;
	int status = file_read(&text, path, KEY_FILE, err);

	if (status != 0)
		return -1;
	if (custodian_read(&c, text.data, text.len, err) == 0) {
		printf("%s: the key file of custodian %u of %u, round %s of the study %s.\n", path,
		       c.number, c.custodians, c.round, c.study);
		printf("Any %u of the %u are needed to open the round's answers. If fewer are\n"
		       "left when this file is gone, nobody can ever open them again.\n",
		       c.quorum, c.custodians);
		snprintf(answer, ANSWER, "%u/%s", c.number, c.round);
	} else if (memmem(text.data, text.len, "peer-survey-custodian-key", 25) != NULL) {
		printf("%s: a damaged key file.\n", path);
		snprintf(answer, ANSWER, "destroy");
	} else {
		status = err_set(err, ERR_CRYPTO,
		                 "%s: not a custodian's key file: it is left as it is", path);
	}
	buf_finish(&text);
	return status;
}

static int confirm(const char *answer, const char *path, struct err *err)
{
	char line[ANSWER + 2] = "";

	printf("To destroy it for ever, type %s and press Enter: ", answer);
	fflush(stdout);
	if (fgets(line, sizeof(line), stdin) != NULL)
		line[strcspn(line, "\r\n")] = '\0';
	if (strcmp(line, answer) != 0)
		return err_set(err, ERR_INPUT, "%s: not confirmed: it is left as it is", path);
	return 0;
}

static int overwrite(int fd, off_t size)
{
	uint8_t noise[256];

	while (size > 0) {
		ssize_t n = getrandom(noise, sizeof(noise), 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		n = write(fd, noise, n < size ? (size_t)n : (size_t)size);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			size -= n;
	}
	return fsync(fd);
}

int keys_destroy(const struct keys_request *r, struct err *err)
{
	int fd = open(r->file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char answer[ANSWER];
	struct stat about;
	int status = -1;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", r->file, strerror(errno));
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		err_set(err, ERR_INPUT, "%s: not an ordinary file", r->file);
		goto out;
	}
	if (recognise(answer, r->file, err) != 0 || (!r->yes && confirm(answer, r->file, err) != 0))
		goto out;
	if (overwrite(fd, about.st_size) != 0 || unlink(r->file) != 0) {
		err_set(err, ERR_IO, "%s: %s", r->file, strerror(errno));
		goto out;
	}
	if (file_sync_parent(r->file, err) != 0)
		goto out;
	printf("%s: overwritten with random bytes and removed.\n", r->file);
	puts("A memory stick, an SSD, a file system that keeps old versions (btrfs, ZFS,\n"
	     "snapshots) or a backup may still hold an older copy that no program can reach.\n"
	     "Such a copy is still locked with the passphrase. To be sure, destroy the device,\n"
	     "and every copy.");
	status = 0;
out:
	close(fd);
	return status;
}
