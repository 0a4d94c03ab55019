/* draft-wording.h - which of the wordings of each part a note uses.
 *
 * A wording can be used where it leaves no gap and is not empty; one with a gap only where none without is left.  Of
 * those, people of one round get different ones as long as there are enough, whatever the others' facts are.
 */
#pragma once

#include "draft-substance.h"
#include "template-private.h"

/* Puts the chosen wording of every part of both templates (own after shared, replacing parts of the same name) into the
 * context of a note to the request's person. The templates must outlive the context. */
void wording_choose_all(
	const DraftRequest *request, const Template *shared, const Template *own, MustacheValue *context);
