#!/usr/bin/env python3
"""Checks a published draw by making it again: python3 verify/verify.py FILE...
Second implementation, after docs/verify.md; standard library only.

Exit code: 0 verified, 1 false, 2 unproven, 3 not publicly verifiable. Not checked here: drand's BLS signature
(compare the round with drand's own page) and single households' papers (`node dist/verify.js` does both).
"""
import base64, datetime, hashlib, hmac, json, sys

QUICKNET, GENESIS, PERIOD = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", 1692803367, 3
FAULTS = {"malformed", "other_draw", "bad_signature", "opening_changed", "two_manifests", "backdated_manifest",
          "another_round", "bad_beacon", "changed_supply", "changed_leaf", "promise_without_leaf", "wrong_result"}
UNPROVEN = {f"missing_{what}" for what in "manifest witness beacon result cutoffs".split()} | {"promise_not_proven"}

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def canonical(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)

def document_hash(body):
    return sha(canonical(body).encode()).hex()

def b64(digest):
    return base64.b64encode(bytes.fromhex(digest)).decode()
# Ed25519 (RFC 8032).
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(a, b):
    k = D * a[0] * b[0] * a[1] * b[1] % P
    inverse = pow(1 - k * k, -1, P)
    return (a[0] * b[1] + b[0] * a[1]) * (1 - k) * inverse % P, (a[1] * b[1] + a[0] * b[0]) * (1 + k) * inverse % P

def times(n, point):
    total = (0, 1)
    while n:
        total, point, n = add(total, point) if n & 1 else total, add(point, point), n >> 1
    return total

def point_of(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    return (P - x if x & 1 != sign else x), y

def signed_by(key, message, signature):
    try:
        a, r, s = point_of(bytes.fromhex(key)), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    except (ValueError, IndexError):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + bytes.fromhex(key) + message).digest(), "little") % L
    base = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return len(signature) == 64 and s < L and times(s, base) == add(r, times(k, a))

# Signed notes (c2sp.org/signed-note) and witnesses' cosignatures (c2sp.org/tlog-cosignature).
def signatures(note, signer, algorithm):
    text, _, lines = note.rpartition("\n\n")
    key_id = sha(signer["name"].encode(), b"\n", bytes([algorithm]), bytes.fromhex(signer["key"]))[:4]
    mark = f"— {signer['name']} "
    found = [base64.b64decode(line[len(mark):]) for line in lines.splitlines() if line.startswith(mark)]
    return text + "\n", [data[4:] for data in found if data[:4] == key_id]

def is_signed(note, text, signer):
    signed, found = signatures(note, signer, 1)
    return signed == text and any(signed_by(signer["key"], text.encode(), each) for each in found)

def cosigned_at(note, witness):
    text, found = signatures(note, witness, 4)
    stamps = [(int.from_bytes(data[:8], "big"), data[8:]) for data in found]
    message = "cosignature/v1\ntime {}\n{}".format
    return [time for time, each in stamps if signed_by(witness["key"], message(time, text).encode(), each)]

def merkle_root(nodes):
    while len(nodes) > 1:
        pairs = [sha(b"\1", nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
        nodes = pairs + nodes[len(pairs) * 2:]
    return (nodes[0] if nodes else sha()).hex()

def cell_order(cell):
    return cell["date"], cell["band"], cell["office"], cell["group"]

def draw_order(entries, policy, total, seed):
    """The order, with each entry's turn after the shares, and the key that closed each share."""
    rows = [{"entry": e, "turn": e["tier"], "key": hmac.new(seed, bytes.fromhex(e["app"]), "sha256").hexdigest()}
            for e in entries]
    rows.sort(key=lambda row: (row["key"], row["entry"]["app"]))

    def close(inside, per_mille, step):
        used, cutoff = 0, None
        for row in filter(inside, rows):
            used += sum(count for group, count in row["entry"]["need"].items() if "." not in group)
            if used > total * per_mille // 1000:
                cutoff, row["after"] = cutoff or row["key"], step(row["turn"])
        for row in rows:
            row["turn"] = row.pop("after", row["turn"])
        return cutoff

    domains = {name: close(lambda row: row["entry"]["domain"] == name, policy["domainShare"], lambda _: 4)
               for name in {e["domain"] for e in entries} - {""}}
    contacts = {name: close(lambda row: row["entry"]["contact"] == name and row["turn"] != 4, share, lambda _: 4)
                for name, share in policy["contactShares"].items()}
    tiers = [close(lambda row: row["turn"] == tier, policy["tierShares"][tier - 1], lambda turn: turn + 1)
             for tier in (1, 2)]
    rows.sort(key=lambda row: row["turn"])
    return rows, {"tiers": tiers, "contacts": contacts, "domains": {name: key for name, key in domains.items() if key}}

def first_fit(entry, bands, dates, left):
    """The first option, date, part of the day and office that hold the whole party."""
    need, leads = sorted(entry["need"].items()), {group.split(".")[0] for group in entry["need"]}
    for rank, option in enumerate(entry["options"][:entry["holds"]["option"] if entry["holds"] else None]):
        asked = [band for band in range(bands) if option["bands"] >> band & 1]
        for date in dates:
            weekday = datetime.date.fromisoformat(date).weekday()
            if not (option["from"] <= date <= option["to"] and option["weekdays"] >> weekday & 1):
                continue
            for band, office in ((band, office) for band in asked for office in option["offices"]):
                near = [each for each in (band, band + 1) if each in asked]
                found = {lead: [b for b in near if all(left.get((date, b, office, group), 0) >= count for group, count
                                in need if group.split(".")[0] == lead)] for lead in leads}
                if all(found.values()) and any(room[0] == band for room in found.values()):
                    seats = [{"group": group, "band": found[group.split(".")[0]][0]} for group, _ in need]
                    return {"option": rank, "office": office, "date": date, "seats": seats}
    return None

def replay(entries, policy, cells, seed):
    """Everything that a result says, worked out again."""
    order, shares = draw_order(entries, policy, sum(cell["places"] for cell in cells if "." not in cell["group"]), seed)
    left = {cell_order(cell): cell["places"] for cell in cells}
    dates, most = sorted({cell["date"] for cell in cells}), policy["maxPlaces"]
    steps, outcomes = {place: [] for place in left}, {}
    for row in order:
        entry, before = row["entry"], {}

        def move(assigned, sign):
            for seat in assigned["seats"] if assigned else []:
                place = (assigned["date"], seat["band"], assigned["office"], seat["group"])
                before.setdefault(place, left[place])
                left[place] += sign * entry["need"][seat["group"]]
        move(entry["holds"], 1)
        assigned = first_fit(entry, len(policy["bands"]), dates, left) or entry["holds"]
        move(assigned, -1)
        for place in (each for each in before if min(before[each], most) != min(left[each], most)):
            steps[place].append({"turn": row["turn"], "key": row["key"], "left": min(left[place], most)})
        outcomes[entry["app"]] = {"app": entry["app"], "assigned": assigned, "turn": row["turn"]}
    rows = [{**{name: cell[name] for name in ("office", "group", "date", "band")}, "left": min(cell["places"], most),
             "steps": steps[cell_order(cell)]} for cell in sorted(cells, key=cell_order)]
    lines, digest = [canonical(outcomes[app]) + "\n" for app in sorted(outcomes)], sha()
    for at in range(0, len(lines), 4096):
        digest = sha(digest, "".join(lines[at:at + 4096]).encode())
    served = sum(outcome["assigned"] is not None for outcome in outcomes.values())
    return {"outcome": digest.hex(), "cutoffs": document_hash({**shares, "cells": rows}), "served": served,
            "waiting": len(outcomes) - served}

def check(docs, found):
    """Adds the code of everything that is wrong or cannot be shown to `found`."""
    opening, entries, cells = docs["opening"][0]["body"], [row["entry"] for row in docs["entry"]], docs["cell"]
    operator, draw, drand = opening["operator"], opening["draw"], opening["beacon"]["source"] == "drand"
    named = opening["beacon"].get("round")

    def say(code, when):
        found.update({code} if when else ())
        return when

    def is_good(doc, kind):
        text = f"{operator['name']}/{kind}\n{draw}\n{b64(document_hash(doc['body']))}\n"
        if kind == "manifest":
            text = (f"{operator['name']}/draw/{draw}\n{doc['body']['count']}\n{b64(doc['body']['root'])}\n"
                    f"manifest {b64(document_hash(doc['body']))}\n")
        return not say("bad_signature", not is_signed(doc["note"], text, operator))

    is_good(docs["opening"][0], "opening")
    say("opening_changed", any(doc["body"] != opening for doc in docs["opening"]))
    others = docs["manifest"] + docs["result"] + docs["beacon"]
    say("other_draw", any(doc.get("body", doc)["draw"] != draw for doc in others))
    say("beacon_signature_not_checked" if drand else "operator_beacon", True)
    say("bad_beacon", drand and opening["beacon"]["chain"] != QUICKNET)
    say("another_round", drand and not opening["locksAt"] < opening["drawsAt"] == GENESIS + (named - 1) * PERIOD)
    manifests = [doc for doc in docs["manifest"] if is_good(doc, "manifest")]
    say("missing_manifest", not docs["manifest"])
    say("two_manifests", any(doc["body"] != manifests[0]["body"] for doc in manifests))
    say("missing_beacon", not docs["beacon"])
    for doc in docs["beacon"]:
        hashes = not drand or sha(bytes.fromhex(doc["signature"])).hex() == doc["randomness"]
        if not say("another_round", doc["round"] != named):
            say("bad_beacon", doc != docs["beacon"][0] or not hashes)
    if not manifests:
        return
    manifest = manifests[0]["body"]
    say("opening_changed", manifest["opening"] != document_hash(opening))
    say("another_round", manifest["round"] != named)
    notes = [doc["note"] for doc in manifests if doc["body"] == manifest]
    stamps = [(time, witness["key"]) for witness in opening["witnesses"] for note in notes
              for time in cosigned_at(note, witness)]
    seen = {key: min(time for time, by in stamps if by == key) for _, key in stamps}
    needed = max(opening["quorum"], 2, len(opening["witnesses"]) // 2 + 1)  # more than half, see docs/verify.md
    if sum(time < opening["drawsAt"] for time in seen.values()) < needed:
        late = any(time >= opening["drawsAt"] for time in [*seen.values(), manifest["at"]])
        say("backdated_manifest" if late else "missing_witness", True)
    rows = [[c["office"], c["group"], c["date"], c["band"], c["places"]] for c in sorted(cells, key=cell_order)]
    say("changed_supply", (cells or entries) and document_hash(rows) != manifest["supply"])
    leaves = [sha(b"\0", canonical(entry).encode()) for entry in sorted(entries, key=lambda each: each["app"])]
    tree = merkle_root(leaves), len({entry["app"] for entry in entries}), sum(entry["persons"] for entry in entries)
    say("changed_leaf", entries and tree != (manifest["root"], manifest["count"], manifest["persons"]))
    notes = [doc["note"] for doc in docs["promise"] if doc["note"].startswith(f"{operator['name']}/promise\n")]
    notes = [note for note in notes if is_signed(note, note.rpartition("\n\n")[0] + "\n", operator)]
    say("bad_signature", len(notes) < len(docs["promise"]))
    promises = [note.split("\n") for note in notes]
    kept = {b64(leaf.hex()) for leaf in leaves} | {promise[4] for promise in promises} | {"withdrawn"}
    for _, of, leaf, at, *_ in promises:
        if not say("other_draw", of != draw) and leaf not in kept and int(at) <= opening["locksAt"]:
            say("promise_without_leaf" if entries else "promise_not_proven", True)
    say("replay_not_published", manifest["count"] and not entries)
    say("missing_result", not docs["result"])
    if not docs["result"] or not is_good(docs["result"][0], "result"):
        return
    result, shares = docs["result"][0]["body"], docs["shares"]
    say("wrong_result", result["manifest"] != document_hash(manifest) or docs["result"][0] != docs["result"][-1])
    randomness = docs["beacon"][0]["randomness"] if docs["beacon"] else ""
    seed = sha(b"mc-draw-v1", draw.encode(), *map(bytes.fromhex, (manifest["root"], manifest["supply"], randomness)))
    say("wrong_result", randomness and (result["seed"], result["randomness"]) != (seed.hex(), randomness))
    say("missing_cutoffs", not shares)
    cutoffs = {**shares[0], "cells": sorted(docs["cutoff"], key=cell_order)} if shares else {}
    say("wrong_result", shares and document_hash(cutoffs) != result["cutoffs"])
    if entries and not found & {"changed_leaf", "changed_supply"}:
        again = replay(entries, opening["policy"], cells, bytes.fromhex(result["seed"]))
        say("wrong_result", again.items() - result.items())

def main(paths):
    kinds = "opening manifest beacon result shares cutoff cell promise household entry".split()
    docs, found = {kind: [] for kind in kinds}, {"keys_from_the_file"}
    try:
        for text in (line.rstrip("\n") for path in paths for line in open(path, encoding="utf-8") if line.strip()):
            fields = json.loads(text)
            if fields["kind"] == "entry" and text != canonical(fields):
                raise ValueError("a row has one spelling")
            docs[fields.pop("kind")].append(fields)
        check(docs, found)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        found.add("malformed")
    verdict = ("false" if found & FAULTS else "not_publicly_verifiable" if "operator_beacon" in found
               else "unproven" if found & UNPROVEN else "verified")
    return {"verdict": verdict, "faults": sorted(found & FAULTS), "remarks": sorted(found - FAULTS)}

if __name__ == "__main__":
    print(json.dumps(report := main(sys.argv[1:]), indent=1))
    sys.exit(["verified", "false", "unproven", "not_publicly_verifiable"].index(report["verdict"]))
