/* guess.h - what an invitation or a card does not say outright: the company, who is what, what kind of talk it is.
 *
 * For the files of this room only.  Guesses are for a person to confirm; where nothing points anywhere, none is made.
 */
#pragma once

#include <exchange/item.h>
#include <stdbool.h>

/* Whether an address belongs to a firm that gives mailboxes to everybody, to a system that applicants are managed or
 * meetings are booked with, or to no person at all (rooms, lists of a calendar service). */
bool guess_is_nobodys_domain(const char *email);
bool guess_is_machine(const char *email);

/* The company an address's domain speaks of ("globex.example" gives "Globex"); NULL where it speaks of none. Free with
 * g_free. */
char *guess_company(const char *email);

/* A role that name, title or address give away, or WORD_NONE. */
int guess_role(const ItemPerson *person);

/* The name that an address like "huck.finn@…" spells; else NULL. Free with g_free. */
char *guess_name(const char *email);

/* Fills in company, roles and the kind of an interview from the rest of it. */
void guess_interview(Item *item);
