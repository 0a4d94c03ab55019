/* job.c - children, their pipes, and one descriptor that tells of all of them.
 */
#include "job.h"

#include "session.h"

#include <base/error.h>
#include <base/limits.h>
#include <errno.h>
#include <facts/json-value.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	RUNNING_MAX = 16,
	KEPT_MAX = 64,
	FAULT_BYTES_MAX = 16 * 1024,
	PATIENCE_MS = 15 * 60 * 1000, /* servers are given up on long before */
};

struct Jobs {
	GPtrArray *all; /* of Job, the oldest first */
	char *program;
	int fd; /* of epoll, over everything that runs */
};

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void unref_job(void *data)
{
	job_unref(data);
}

Jobs *jobs_new(const char *program)
{
	Jobs *jobs = g_new0(Jobs, 1);
	jobs->all = g_ptr_array_new_with_free_func(unref_job);
	jobs->program = g_strdup(program == NULL ? "/proc/self/exe" : program);
	jobs->fd = epoll_create1(EPOLL_CLOEXEC);
	return jobs;
}

void jobs_free(Jobs *jobs)
{
	if (jobs == NULL)
		return;
	g_ptr_array_unref(jobs->all);
	if (jobs->fd >= 0)
		close(jobs->fd);
	g_free(jobs->program);
	g_free(jobs);
}

Job *job_ref(Job *job)
{
	job->references++;
	return job;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void job_unref(Job *job)
{
	if (job == NULL || --job->references > 0)
		return;
	close_fd(&job->pid_fd);
	close_fd(&job->fds[0]);
	close_fd(&job->fds[1]);
	g_string_free(job->output, TRUE);
	g_string_free(job->fault, TRUE);
	g_clear_pointer(&job->form, g_ptr_array_unref);
	g_free(job->id);
	g_free(job->owner);
	g_free(job->next);
	g_free(job);
}

/* ---- starting ---- */

static void add_word(GPtrArray *words, char *word)
{
	g_ptr_array_add(words, word);
}

/* The command line that asks for the same. What begins with a dash stands behind an equals sign, or behind "--". */
static GPtrArray *make_words(const Jobs *jobs, const JobOrder *order)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) placed = g_ptr_array_new();
	add_word(words, g_strdup(jobs->program));
	add_word(words, g_strdup(order->op->name));
	for (const OpParam *param = order->op->params; param->name != NULL; param++) {
		const GPtrArray *values = op_args_get_all(order->args, param->name);
		for (guint i = 0; i < values->len; i++) {
			const char *value = g_ptr_array_index(values, i);
			if ((param->flags & PARAM_POSITIONAL) != 0)
				g_ptr_array_add(placed, (char *)value);
			else
				add_word(
					words, param->type == PARAM_FLAG ? g_strconcat("--", param->name, NULL)
													 : g_strconcat("--", param->name, "=", value, NULL));
		}
	}
	const OpParam *once = op_find_param(order->op, "once");
	if (once != NULL && !op_args_has(order->args, "once")) /* what would go on for ever */
		add_word(words, g_strdup("--once"));
	add_word(words, g_strconcat("--db=", order->db_path, NULL));
	add_word(words, g_strconcat("--format=", order->json ? "json" : "text", NULL));
	if (order->now != NULL)
		add_word(words, g_strconcat("--now=", order->now, NULL));
	add_word(words, g_strdup("--"));
	for (guint i = 0; i < placed->len; i++)
		add_word(words, g_strdup(g_ptr_array_index(placed, i)));
	g_ptr_array_add(words, NULL);
	return words;
}

/* What stands by place cannot be left out before what is given. */
static bool check_places(const JobOrder *order, GError **error)
{
	const OpParam *missing = NULL;
	for (const OpParam *param = order->op->params; param->name != NULL; param++) {
		if ((param->flags & PARAM_POSITIONAL) == 0)
			continue;
		if (!op_args_has(order->args, param->name))
			missing = missing == NULL ? param : missing;
		else if (missing != NULL)
			return base_error_set(
				error, BASE_ERROR_INVALID, missing->name, "With the %s the %s has to be said too (%s).", param->name,
				missing->name, missing->help);
	}
	return true;
}

/* The child hears Ctrl-C only by itself, and has none of the desk's blocked signals. */
static int spawn(char *const *words, const int out[2], const int err[2], int *ret_pid)
{
	extern char **environ;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t manner;
	sigset_t none, plain;
	sigemptyset(&none);
	sigemptyset(&plain);
	sigaddset(&plain, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, err[1], STDERR_FILENO);
	posix_spawnattr_init(&manner);
	posix_spawnattr_setsigmask(&manner, &none);
	posix_spawnattr_setsigdefault(&manner, &plain);
	posix_spawnattr_setpgroup(&manner, 0);
	posix_spawnattr_setflags(&manner, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	int fault = posix_spawn(ret_pid, words[0], &files, &manner, words, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&manner);
	return fault;
}

/* 0, or an errno. The job gets the ends that are read from. */
static int run_child(Job *job, const GPtrArray *words)
{
	int out[2] = {-1, -1}, err[2] = {-1, -1};
	int fault = pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0 ? errno : 0;
	if (fault == 0)
		fault = spawn((char *const *)words->pdata, out, err, &job->pid);
	close_fd(&out[1]);
	close_fd(&err[1]);
	job->fds[0] = out[0];
	job->fds[1] = err[0];
	if (fault != 0)
		return fault;
	job->pid_fd = pidfd_open(job->pid, 0);
	return job->pid_fd < 0 ? errno : 0;
}

static void listen_to(const Jobs *jobs, Job *job, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = job};
	(void)!fcntl(fd, F_SETFL, O_NONBLOCK);
	(void)!epoll_ctl(jobs->fd, EPOLL_CTL_ADD, fd, &event);
}

static guint count_running(const Jobs *jobs)
{
	guint running = 0;
	for (guint i = 0; i < jobs->all->len; i++)
		running += !((const Job *)g_ptr_array_index(jobs->all, i))->is_done;
	return running;
}

static void drop_oldest_done(Jobs *jobs)
{
	for (guint i = 0; i < jobs->all->len && jobs->all->len >= KEPT_MAX; i++)
		if (((const Job *)g_ptr_array_index(jobs->all, i))->is_done)
			g_ptr_array_remove_index(jobs->all, i--);
}

static Job *job_new(const JobOrder *order)
{
	Job *job = g_new0(Job, 1);
	*job = (Job){.op = order->op, .references = 1, .pid_fd = -1, .fds = {-1, -1}, .started = now_ms()};
	job->id = session_make_secret();
	job->owner = g_strdup(order->owner);
	job->next = g_strdup(order->next);
	job->form = order->form == NULL ? NULL : g_ptr_array_ref(order->form);
	job->output = g_string_new(NULL);
	job->fault = g_string_new(NULL);
	return job;
}

bool jobs_start(Jobs *jobs, const JobOrder *order, Job **ret_job, GError **error)
{
	if (!check_places(order, error))
		return false;
	if (count_running(jobs) >= RUNNING_MAX)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, order->op->name,
			"The desk is at work on %d other things; try again when some of them are done.", RUNNING_MAX);
	g_autoptr(GPtrArray) words = make_words(jobs, order);
	Job *job = job_new(order);
	int fault = run_child(job, words);
	if (fault != 0) {
		job_unref(job);
		return base_error_set(
			error, BASE_ERROR_INTERNAL, order->op->name, "The command cannot be started: %s.", g_strerror(fault));
	}
	listen_to(jobs, job, job->pid_fd);
	listen_to(jobs, job, job->fds[0]);
	listen_to(jobs, job, job->fds[1]);
	drop_oldest_done(jobs);
	g_ptr_array_add(jobs->all, job);
	*ret_job = job;
	return true;
}

Job *jobs_find(const Jobs *jobs, const char *id, const char *owner)
{
	for (guint i = 0; i < jobs->all->len; i++) {
		Job *job = g_ptr_array_index(jobs->all, i);
		if (strcmp(job->id, id) == 0 && g_strcmp0(job->owner, owner) == 0)
			return job;
	}
	return NULL;
}

/* ---- going on ---- */

int jobs_get_fd(const Jobs *jobs)
{
	return jobs->fd;
}

int jobs_wait(const Jobs *jobs)
{
	int64_t wait = -1;
	for (guint i = 0; i < jobs->all->len; i++) {
		const Job *job = g_ptr_array_index(jobs->all, i);
		int64_t left = MAX(0, job->started + PATIENCE_MS - now_ms());
		if (!job->is_done && (wait < 0 || left < wait))
			wait = left;
	}
	return (int)wait;
}

/* What there is to read now. What is too much is read and forgotten, so that the child is not held up by it. */
static void read_pipe(Job *job, int place, GString *text, size_t limit)
{
	char buffer[16 * 1024];
	ssize_t got = 0;
	while (job->fds[place] >= 0 && (got = read(job->fds[place], buffer, sizeof buffer)) > 0) {
		size_t room = limit - MIN(limit, text->len);
		g_string_append_len(text, buffer, (gssize)MIN(room, (size_t)got));
		job->is_cut = job->is_cut || room < (size_t)got;
	}
	if (job->fds[place] >= 0 && (got == 0 || (errno != EAGAIN && errno != EINTR)))
		close_fd(&job->fds[place]);
}

/* A grandchild may hold the pipes: what counts is that the child itself has ended. */
static void tend_job(Job *job)
{
	int status = 0;
	bool ended = waitpid(job->pid, &status, WNOHANG) == job->pid;
	read_pipe(job, 0, job->output, LIMIT_INPUT_BYTES);
	read_pipe(job, 1, job->fault, FAULT_BYTES_MAX);
	if (!ended && now_ms() - job->started >= PATIENCE_MS) {
		kill(job->pid, SIGTERM);
		job->started = now_ms();
	}
	if (!ended)
		return;
	job->is_done = true;
	job->status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	close_fd(&job->pid_fd);
	close_fd(&job->fds[0]);
	close_fd(&job->fds[1]);
}

void jobs_tend(Jobs *jobs)
{
	for (guint i = 0; i < jobs->all->len; i++) {
		Job *job = g_ptr_array_index(jobs->all, i);
		if (!job->is_done)
			tend_job(job);
	}
}

/* ---- what came of it ---- */

static int code_of_word(const char *word)
{
	for (int code = BASE_ERROR_INVALID; code <= BASE_ERROR_INTERNAL; code++)
		if (strcmp(base_error_code_word(code), word) == 0)
			return code;
	return BASE_ERROR_INTERNAL;
}

/* The sentence of an error stands last, behind the program's name. */
static bool take_sentence(const Job *job, GError **error)
{
	g_autofree char *fault = g_strchomp(g_strdup(job->fault->str));
	g_auto(GStrv) lines = g_strsplit(fault, "\n", -1);
	guint count = g_strv_length(lines);
	const char *last = count == 0 ? "" : lines[count - 1];
	if (g_str_has_prefix(last, "followup: "))
		last += strlen("followup: ");
	else
		last = "The command came to no end; what it did is on record.";
	BaseErrorCode code = job->status == 2 ? BASE_ERROR_INVALID : BASE_ERROR_CONFLICT;
	return base_error_set(error, code, NULL, "%s", last);
}

bool job_get_failure(const Job *job, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	if (job->status == 0)
		return false;
	const JsonValue *told = NULL;
	if (json_document_parse(job->output->str, job->output->len, LIMIT_INPUT_BYTES, &document, NULL))
		told = json_value_find(json_document_get_root(document), "error");
	const char *word = json_value_get_string(told, "code"), *message = json_value_get_string(told, "message");
	if (word == NULL || message == NULL)
		take_sentence(job, error);
	else
		base_error_set(error, code_of_word(word), json_value_get_string(told, "where"), "%s", message);
	return true;
}
