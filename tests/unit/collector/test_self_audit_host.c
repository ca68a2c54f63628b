/*
 * test_self_audit_host.c - the audit of a machine: its disks, swap, dumps and what a proxy has left,
 * each as the kernel would tell it, in a folder that stands for the root.
 */
#include "tests/unit/collector/self_audit_bench.h"

/*
 * A disk 8:0 with a partition 8:1, on that a LUKS device 254:0,
 	on that a volume 254:1; and a volume
 * 254:2 over both the LUKS device and the partition.
 */
static void put_disks(const struct bench *b, const char *uuid)
{
	char command[512];

	put_file(b, "/sys/devices/sda/dev", "8:0\n");
	put_file(b, "/sys/devices/sda/queue/rotational", "0\n");
	put_file(b, "/sys/devices/sda/sda1/dev", "8:1\n");
	put_file(b, "/sys/devices/sda/sda1/partition", "1\n");
	put_file(b, "/sys/devices/dm-0/dev", "254:0\n");
	put_file(b, "/sys/devices/dm-0/dm/uuid", uuid);
	put_file(b, "/sys/devices/dm-0/slaves/sda1/dev", "8:1\n");
	put_file(b, "/sys/devices/dm-1/dev", "254:1\n");
	put_file(b, "/sys/devices/dm-1/dm/uuid", "LVM-xyz\n");
	put_file(b, "/sys/devices/dm-1/queue/rotational", "0\n");
	put_file(b, "/sys/devices/dm-1/slaves/dm-0/dev", "254:0\n");
	put_file(b, "/sys/devices/dm-2/dev", "254:2\n");
	put_file(b, "/sys/devices/dm-2/slaves/dm-0/dev", "254:0\n");
	put_file(b, "/sys/devices/dm-2/slaves/sda1/dev", "8:1\n");
	snprintf(command, sizeof command, "cd %s/sys && mkdir -p dev/block class/block && ln -sf "
		"../../devices/sda dev/block/8:0 && ln -sf ../../devices/sda/sda1 dev/block/8:1 && "
		"ln -sf ../../devices/dm-0 dev/block/254:0 && ln -sf ../../devices/dm-1 "
		"dev/block/254:1 && ln -sf ../../devices/dm-2 dev/block/254:2 && ln -sf "
		"../../devices/dm-1 class/block/dm-1 && ln -sf ../../devices/sda/sda1 "
		"class/block/sda1", b->root);
	run(command);
}

#define MOUNT(device, type, source, options) \
	"1 0 9:9 / / rw - ext4 /dev/other rw\n" \
	"2 1 " device " / /tmp rw,relatime - " type " " source " " options "\n" \
	"3 1 0:5 / /tmp/peer-survey rw - proc proc rw\n"

static const struct {
	const char *label, *uuid, *mounts;
	enum self_audit_answer encrypted;
	const char *says; /* NULL: no warning */
} disks[] = {
	{"LUKS below LVM", "CRYPT-LUKS2-x\n", MOUNT("254:1", "ext4", "/dev/mapper/x", "rw"),
		SELF_AUDIT_YES, NULL},
	{"LVM without LUKS", "LVM-x\n", MOUNT("254:1", "ext4", "/dev/mapper/x", "rw"),
		SELF_AUDIT_NO, "not encrypted"},
	{"partition", "CRYPT-LUKS2-x\n", MOUNT("8:1", "ext4", "/dev/sda1", "rw"), SELF_AUDIT_NO,
		"not encrypted"},
	{"one of two", "CRYPT-LUKS2-x\n", MOUNT("254:2", "ext4", "/dev/dm-2", "rw"), SELF_AUDIT_NO,
		"not encrypted"},
	{"unknown device", "CRYPT-LUKS2-x\n", MOUNT("7:7", "ext4", "/dev/loop7", "rw"),
		SELF_AUDIT_UNKNOWN, "cannot be seen from here"},
	{"btrfs with a number of its own", "CRYPT-LUKS2-x\n", MOUNT("0:40", "btrfs", "/dev/dm-1",
		"rw"), SELF_AUDIT_YES, "btrfs copies on write"},
	{"overlay", "", MOUNT("0:41", "overlay", "overlay", "rw"), SELF_AUDIT_UNKNOWN,
		"a container's"},
	{"tmpfs", "", MOUNT("0:41", "tmpfs", "tmpfs", "rw"), SELF_AUDIT_UNKNOWN,
		"everything is lost"},
	{"data in the journal", "CRYPT-x", MOUNT("254:1", "ext4", "/dev/dm-1", "rw,data=journal"),
		SELF_AUDIT_YES, "data=journal"},
	{"nothing known", "", "", SELF_AUDIT_UNKNOWN, "cannot be seen from here"},
};

static void test_disks(void **state)
{
	struct self_audit a;
	struct bench b;

	(void)state;
	bench_init(&b);
	for (size_t i = 0; i < COUNT(disks); i++) {
		put_disks(&b, disks[i].uuid);
		put_file(&b, "/proc/self/mountinfo", disks[i].mounts);
		audit(&a, &b);
		if (a.encrypted != disks[i].encrypted ||
		    (disks[i].says == NULL
		             ? findings_count(&a.part[SELF_AUDIT_HOST], FINDING_WARNING) > 0
		             : !finds(&a, SELF_AUDIT_HOST, FINDING_WARNING, "", disks[i].says))) {
			show(&a);
			fail_msg("%s", disks[i].label);
		}
		self_audit_finish(&a);
	}
	bench_finish(&b);
}

static const struct {
	const char *label, *path, *text;
	enum finding_grade grade;
	const char *place, *says; /* says NULL: nothing is said of the place */
} machines[] = {
	{"no swap", "/proc/swaps", "Filename Type Size Used Priority\n", 0, "swap", NULL},
	{"swap", "/proc/swaps", "Filename\tType\n/dev/sda1 partition 1 0 -2\n", FINDING_WARNING,
		"swap", "not encrypted"},
	{"swap on LUKS", "/proc/swaps", "Filename\tType\n/dev/dm-1 partition 1 0 -2\n", 0,
		"swap", NULL},
	{"compressed memory", "/proc/swaps", "Filename\tType\n/dev/zram0 partition 1 0 5\n", 0,
		"swap", NULL},
	{"swap file", "/proc/swaps", "Filename\tType\n/nowhere/swapfile file 1 0 -2\n",
		FINDING_WARNING, "swap", "not encrypted"},
	{"hibernation", "/sys/power/state", "freeze mem disk\n", FINDING_WARNING, "hibernation",
		"possible"},
	{"dumps to a program", "/proc/sys/kernel/core_pattern", "|/lib/systemd/systemd-coredump "
		"%P\n", FINDING_WARNING, "core dumps", "the proxy's would hold answers"},
	{"dumps to a file", "/proc/sys/kernel/core_pattern", "core\n", 0, "core dumps", NULL},
	{"crash kernel", "/sys/kernel/kexec_crash_loaded", "1\n", FINDING_WARNING,
		"crash kernel", "loaded"},
	{"no crash kernel", "/sys/kernel/kexec_crash_loaded", "0\n", 0, "crash kernel", NULL},
	{"ptrace", "/proc/sys/kernel/yama/ptrace_scope", "0\n", FINDING_WARNING, "ptrace",
		"the memory"},
	{"no ptrace", "/proc/sys/kernel/yama/ptrace_scope", "1\n", 0, "ptrace", NULL},
	{"virtual", "/proc/cpuinfo", "processor : 0\nflags : fpu hypervisor vme\n", FINDING_ADVICE,
		"machine", "a virtual one"},
	{"real", "/proc/cpuinfo", "processor : 0\nflags : fpu vme\nbugs : hypervisor\n", 0,
		"machine", NULL},
	{"bad-body", "/var/lib/nginx/body/0/01/0000000001", "x", FINDING_ERROR,
		"/var/lib/nginx/body", "1 files: requests"},
	{"bad-page", "/var/cache/nginx/proxy_temp/1", "x", FINDING_ERROR, "proxy_temp", "pages"},
	{"bad-body in memory", "/run/nginx-body/1", "x", FINDING_ERROR, "/run/nginx-body", "1 files"},
	{"bad-dump", "/var/lib/systemd/coredump/core.survey-collect.1000.x.zst", "x", FINDING_ERROR,
		"coredump", "1 files: dumps"},
	{"bad-proxy's dump", "/var/crash/_usr_sbin_nginx.0.crash", "x", FINDING_ERROR, "/var/crash",
		"1 files: dumps"},
	{"another's dump", "/var/crash/_usr_bin_vim.0.crash", "x", 0, "/var/crash", NULL},
	{"log not given", "/var/log/nginx/access.log", "x", FINDING_WARNING, "access.log",
		"not given"},
	{"empty log", "/var/log/nginx/access.log", "", 0, "access.log", NULL},
	{"journal", "/var/log/journal/x", "", FINDING_ADVICE, "/var/log/journal", "on the disk"},
};

static void test_machines(void **state)
{
	struct self_audit a;
	struct bench b;

	(void)state;
	bench_init(&b);
	for (size_t i = 0; i < COUNT(machines); i++) {
		bool bad = strncmp(machines[i].label, "bad-", 4) == 0, right = true;
		char command[256];

		put_disks(&b, "CRYPT-x");
		/* hibernation is of interest only with a swap */
		if (strcmp(machines[i].label, "hibernation") == 0)
			put_file(&b, "/proc/swaps", "Filename\tType\n/dev/sda1 partition 1 0 -2\n");
		put_file(&b, machines[i].path, machines[i].text);
		audit(&a, &b);
		if (machines[i].says != NULL)
			right = finds(&a, SELF_AUDIT_HOST, machines[i].grade, machines[i].place,
				machines[i].says);
		else
			for (int grade = 0; grade <= FINDING_ADVICE; grade++)
				right &= !finds(&a, SELF_AUDIT_HOST, (enum finding_grade)grade,
					machines[i].place, "");
		if (!right || (self_audit_wrong(&a) > 0) != bad) {
			show(&a);
			fail_msg("%s", machines[i].label);
		}
		self_audit_finish(&a);
		snprintf(command, sizeof command, "rm -rf %s/*", b.root);
		run(command);
	}
	bench_finish(&b);
}

/* The running collector as the kernel sees it. Its process id here is our own. */
static void test_process(void **state)
{
	static const struct {
		const char *label, *status, *swap_max;
		enum finding_grade grade;
		const char *says;
	} cases[] = {
		{"swapped", "Uid:\t7\t7\nVmLck:\t0 kB\nVmRSS:\t9 kB\nVmSwap:\t12 kB\n", "max\n",
			FINDING_ERROR, "12 kB of the running collector's"},
		{"could be", "Uid:\t7\t7\nVmLck:\t0 kB\nVmRSS:\t9 kB\nVmSwap:\t0 kB\n", "max\n",
			FINDING_WARNING, "can be written to the disk"},
		{"unit", "Uid:\t7\t7\nVmLck:\t0 kB\nVmRSS:\t9 kB\nVmSwap:\t0 kB\n", "0\n",
			FINDING_ADVICE,
			"kept out of it"},
		{"locked", "Uid:\t7\t7\nVmLck:\t10 kB\nVmRSS:\t9 kB\nVmSwap:\t0 kB\n", "max\n",
			FINDING_ADVICE, "kept out of it"},
		{"root", "Uid:\t0\t0\nVmLck:\t10 kB\nVmRSS:\t9 kB\nVmSwap:\t0 kB\n", "max\n",
			FINDING_WARNING, "runs as root"},
	};
	struct self_audit a;
	struct bench b;
	char path[64];

	(void)state;
	bench_init(&b);
	put_disks(&b, "LVM-x");
	put_file(&b, "/proc/swaps", "Filename\tType\n/dev/sda1 partition 1 0 -2\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(path, sizeof path, "/proc/%d/status", (int)getpid());
		put_file(&b, path, cases[i].status);
		snprintf(path, sizeof path, "/proc/%d/cgroup", (int)getpid());
		put_file(&b, path, "0::/system.slice/x.service\n");
		put_file(&b, "/sys/fs/cgroup/system.slice/x.service/memory.swap.max",
			cases[i].swap_max);
		a = (struct self_audit){.round = &b.fixture.round};
		self_audit_host(&a, b.root, getpid(), NULL, 0);
		if (!finds(&a, SELF_AUDIT_HOST, cases[i].grade, "", cases[i].says)) {
			show(&a);
			fail_msg("%s", cases[i].label);
		}
		self_audit_finish(&a);
	}
	bench_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disks),
		cmocka_unit_test(test_machines),
		cmocka_unit_test(test_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
