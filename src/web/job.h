/* job.h - ops that talk to other machines: each in a process of its own, so that the desk waits for none.
 *
 * A job is the program itself, run with the same command; its output is bounded.  What it does is on record like any
 * command's, whether or not anybody still waits for its word; a desk that ends lets it come to its end.
 */
#pragma once

#include <app/app.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Jobs Jobs;

typedef struct Job {
	char *id; /* what a page asks for it by; nobody can guess it */
	const Op *op;
	char *owner;     /* the session's csrf of whoever asked */
	char *next;      /* where a page goes on afterwards, or NULL */
	GPtrArray *form; /* of Field: what was asked for, to be shown again where it failed; or NULL */
	bool is_done;
	int status;              /* the exit status once it is done; 1 where it was killed */
	GString *output, *fault; /* standard output and error, bounded */
	bool is_cut;             /* it said more than that */
	/* The rest is job.c's alone. */
	int references, pid, pid_fd, fds[2];
	int64_t started; /* milliseconds of the monotonic clock; of the last time it was asked to end */
} Job;

/* How a job is run. */
typedef struct JobOrder {
	const Op *op;
	const OpArgs *args;
	bool json;           /* the result for programs; else sentences */
	const char *db_path; /* the database's file */
	const char *now;     /* the moment that is taken as the present, or NULL: the clock's */
	const char *owner;
	const char *next;
	GPtrArray *form;
} JobOrder;

/* program: the file to run; NULL: the program that this is. */
Jobs *jobs_new(const char *program);
void jobs_free(Jobs *jobs);

/* Starts one; the job is borrowed and stays until newer ones have taken its place. TEMPORARY where too many are at
 * work. */
bool jobs_start(Jobs *jobs, const JobOrder *order, Job **ret_job, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The job of an id that this owner asked for, or NULL; borrowed. */
Job *jobs_find(const Jobs *jobs, const char *id, const char *owner);

/* To wait on, for reading. */
int jobs_get_fd(const Jobs *jobs);

/* Takes what jobs have said, and sees which are done. One that takes far too long is asked to end. */
void jobs_tend(Jobs *jobs);

/* How long to wait at most, in milliseconds; -1: for ever. */
int jobs_wait(const Jobs *jobs);

Job *job_ref(Job *job);
void job_unref(Job *job);

/* What a job failed with, or false where it did its work. The error is the one it told, as far as it told one. */
bool job_get_failure(const Job *job, GError **error);
