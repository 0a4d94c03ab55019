/* csv-status.c - statuses folded to ours.
 *
 * A table of phrases, the telling ones first: "offer declined" stands before "offer" and before "declined".  A phrase
 * is found where it stands as whole words.
 */
#include "csv-status.h"

#include "csv-text.h"

#include <string.h>

static const struct {
	int status;
	const char *phrases; /* a bar between */
} PHRASES[] = {
	{STATUS_SAVED, "not applied|not yet applied|not submitted|to apply|want to apply|plan to apply|ready to apply|will "
				   "apply|need to apply|noch nicht beworben|zu bewerben|a postuler|pendiente de aplicar|por aplicar"},
	{STATUS_WITHDRAWN,
	 "offer declined|declined offer|offer rejected|rejected offer|turned down|i declined|i rejected|declined "
	 "by me|rejected by me|withdrawn|withdrew|withdraw|zuruckgezogen|zuruckgenommen|selbst abgesagt|retire|"
	 "retiree|retirado|retirada|abandonne|not interested|dropped out|pulled out|cancelled by me|ritirata|"
	 "ritirato|angebot abgelehnt"},
	{STATUS_REJECTED,
	 "rejected|rejection|reject|rejecting|declined|denied|not selected|no offer|unsuccessful|not "
	 "successful|not moving forward|not proceeding|turned me down|position filled|position closed|job "
	 "closed|role closed|no longer considered|not considered|failed|absage|abgelehnt|abgesagt|refus|refuse|refusee|"
	 "rejete|rejetee|rechazado|rechazada|descartado|descartada|rifiutato|rifiutata|eliminated|passed over|"
	 "rejected after interview|not shortlisted|regret"},
	{STATUS_INTERVIEW, "waiting for offer|awaiting offer|pending offer|before offer"},
	{STATUS_OFFER,
	 "offer|offers|offered|offer received|accepted|accept|hired|signed|angebot|zusage|angenommen|vertrag|offre|"
	 "accepte|acceptee|embauche|oferta|aceptado|aceptada|contratado|contratada|offerta|assunto|got the job|"
	 "negotiating|negotiation"},
	{STATUS_INTERVIEW,
	 "interview|interviews|interviewing|interviewed|screen|screening|phone screen|phone "
	 "call|onsite|on site|assessment|technical|take home|coding challenge|test task|final round|first round|"
	 "second round|third round|round 1|round 2|round 3|panel|shortlisted|vorstellungsgesprach|gesprach|"
	 "telefoninterview|kennenlerngesprach|probearbeiten|entretien|entrevista|colloquio|hr round|in "
	 "interview|online assessment|case study"},
	{STATUS_APPLIED,
	 "applied|applying|apply|submitted|application sent|sent|in progress|in process|in review|under review|"
	 "reviewing|no response|no reply|no answer|ghosted|pending|waiting|awaiting|awaiting "
	 "response|active|open|received|acknowledged|considering|viewed|followed up|beworben|bewerbung|abgeschickt|"
	 "verschickt|gesendet|eingereicht|eingangsbestatigung|in bearbeitung|warte|wartet|keine antwort|keine "
	 "ruckmeldung|postule|candidature|envoye|envoyee|en attente|en cours|sans reponse|relance|relancee|aplicado|"
	 "aplicada|postulado|solicitado|solicitada|enviado|enviada|en proceso|en revision|sin "
	 "respuesta|inviata|inviato|in attesa|reached out|contacted"},
	{STATUS_SAVED,
	 "saved|wishlist|wish list|bookmarked|bookmark|interested|draft|shortlist|todo|to do|backlog|new|researching|"
	 "lead|leads|prospect|gemerkt|gespeichert|geplant|vorgemerkt|entwurf|enregistre|enregistree|sauvegarde|"
	 "guardado|guardada|interesado|salvato|planned|target"},
};

/* True if the words stand in the text as whole words. */
static bool has_words(const char *text, const char *words, size_t length)
{
	for (const char *at = strstr(text, " "); at != NULL; at = strchr(at + 1, ' '))
		if (strncmp(at + 1, words, length) == 0 && at[1 + length] == ' ')
			return true;
	return false;
}

static bool has_phrase(const char *text, const char *phrases)
{
	for (const char *at = phrases; at != NULL; at = strchr(at, '|'), at = at == NULL ? NULL : at + 1)
		if (has_words(text, at, strcspn(at, "|")))
			return true;
	return false;
}

int csv_status_find(const char *cell)
{
	g_autofree char *folded = csv_text_fold(cell, true);
	g_autofree char *text = g_strdup_printf(" %s ", folded);
	for (size_t i = 0; i < G_N_ELEMENTS(PHRASES) && folded[0] != '\0'; i++)
		if (has_phrase(text, PHRASES[i].phrases))
			return PHRASES[i].status;
	return STATUS_NONE;
}
