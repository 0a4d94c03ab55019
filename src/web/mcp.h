/* mcp.h - the ops over the Model Context Protocol: JSON-RPC 2.0 on two streams, a message a line.
 *
 * Whoever speaks it only proposes: there are tools to read, to record and to draft, and none that approves, sends,
 * deletes or lets somebody in.  A person does that, on the desk or the command line.
 */
#pragma once

#include <app/app.h>
#include <stdbool.h>
#include <stdio.h>

/* For DoorModule.serve_mcp: goes on until the input ends, or the output cannot be written. */
bool mcp_serve(App *app, FILE *input, FILE *output, GError **error) G_GNUC_WARN_UNUSED_RESULT;
