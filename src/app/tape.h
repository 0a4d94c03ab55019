/* tape.h - a printer that keeps the data it is told, to tell it to another printer later.
 *
 * For the files of this room only.  For lists that are put in order once all of them are known: what an entry is made
 * of (a case, its plan) need not outlive the telling of it.
 */
#pragma once

#include <app/printer.h>

typedef struct Tape Tape;

Tape *tape_new(void);
void tape_free(Tape *tape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tape, tape_free)

/* The printer that fills it: data verbs only, keys that live as long as the tape (constants). Borrowed. */
Printer *tape_get_printer(Tape *tape);

/* Tells all of it, in order. */
void tape_tell(const Tape *tape, Printer *printer);
