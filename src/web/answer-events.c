/* answer-events.c - what changes, pushed to the pages that are open.
 */
#include "answers.h"

bool answer_events(Visit *visit, GError **error)
{
	visit->response->status = 200;
	visit->response->kind = RESPONSE_STREAM;
	visit->response->content_type = "text/event-stream";
	response_add_header(visit->response, "Cache-Control: no-store");
	return true;
}
