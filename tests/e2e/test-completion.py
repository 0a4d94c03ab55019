#!/usr/bin/env python3
"""Shell completion, in the shells themselves: the scripts load, and offer what the command table and the database hold."""
import os
import shutil
import subprocess

from program import PROGRAM, Home, Skip, cases, equal, holds, main, one_sentence, test

NOW = "2026-11-17T12:00:00-07:00"

# Each prints, a line each, what the shell offers for the words in $@ (the last one being typed).
BASH = r"""
eval "$(followup completion bash)" || exit 3
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
_followup followup "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""
ZSH = r"""
compdef() { true }
compadd() { local a offered=() seen=0; for a in "$@"; do if [[ $a == -- ]]; then seen=1; elif (( seen )); then offered+=("$a"); fi; done
  if (( ! seen )) && [[ $1 == -a || $2 == -a ]]; then offered=("${(@P)@[-1]}"); fi; print -rl -- $offered; }
_describe() { local name=${@[-1]}; print -rl -- "${(@P)name}"; }
words=("$@"); CURRENT=$#
eval "$(followup completion zsh)" || exit 3
(( $+functions[_followup] )) || exit 4
_followup
"""
FISH = r"""
followup completion fish | source; or exit 3
complete -C "$argv"
"""


def offers(home, shell, *words):
    """What the shell offers, as a set of words."""
    if not shutil.which(shell):
        raise Skip("%s is not installed" % shell)
    env = dict(home.env, PATH=os.path.dirname(PROGRAM) + ":" + os.environ.get("PATH", "/usr/bin:/bin"))
    script = {"bash": [BASH, "-"], "zsh": [ZSH, "-"], "fish": [FISH]}[shell]
    start = {"bash": ["bash", "--norc", "--noprofile"], "zsh": ["zsh", "-f"], "fish": ["fish", "--no-config"]}[shell]
    given = [" ".join(("followup",) + words)] if shell == "fish" else ["followup", *words]
    done = subprocess.run(start + ["-c", *script, *given], env=env, capture_output=True, text=True, timeout=60)
    equal((done.returncode, done.stderr.strip()), (0, ""), "%s ended (%s)" % (shell, done.stdout[:300]))
    return {line.split("\t")[0].split(":")[0].strip() for line in done.stdout.splitlines() if line.strip()}


SHELLS = [(shell, shell) for shell in ("bash", "zsh", "fish")]


@cases(SHELLS)
def commands(shell):
    with Home(now=NOW) as home:
        found = offers(home, shell, "de")
    assert "debrief" in found, found
    assert shell == "fish" or "approve" not in found, found


@cases(SHELLS)
def options(shell):
    with Home(now=NOW) as home:
        found = offers(home, shell, "plan", "--pl")
    assert "--playbook" in found, found


@cases(SHELLS)
def choices(shell):
    with Home(now=NOW) as home:
        found = offers(home, shell, "draft", "--channel", "li")
    assert "linkedin" in found, found


@cases(SHELLS)
def what_is_on_record(shell):
    """Opportunities complete from the database."""
    with Home(now=NOW) as home:
        home.run("interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>")
        found = offers(home, shell, "show", "Gl")
    assert found & {"Globex", "globex"}, found


@test
def a_word_from_outside_stays_a_word():
    """A company named to do harm is offered as text, and runs nothing."""
    with Home(now=NOW) as home:
        home.run("interview", "Gl$(touch owned)`touch owned`;touch owned", "2026-11-17T10:00", "--with", "Huck Finn")
        offers(home, "bash", "show", "Gl")
        assert not os.path.exists(os.path.join(home.folder, "owned")), "the completion ran a company's name"


@test
def no_such_shell():
    with Home(now=NOW) as home:
        holds(one_sentence(home.run("completion", "tcsh", status=2).err), "bash", "zsh", "fish")


main()
