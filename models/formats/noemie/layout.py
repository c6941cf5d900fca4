"""The layout of the NOEMIE entities: the one source for reading and writing.

Source: `models/FIELD.md` §3.2. It comes from a public viewer of 2007
(NOEMIE-PS) and is not certified for real transmission. The « @ » that ends every entity is not counted.
The source types the signs (P, N) as numbers: they are text here.
"""

from models.formats.fixed import Field, Record

FILE_START = Record(
    "000",
    (
        Field("type", 1, 3, "NO", "000"),
        Field("sender_type", 4, 2, "AO", "CP"),
        Field("sender", 6, 14, "NO"),
        Field("sender_program", 20, 6, "AF"),
        Field("recipient_type", 26, 2, "AO", "TP"),
        Field("recipient", 28, 14, "AO"),
        Field("recipient_program", 42, 6, "AF"),
        Field("application", 48, 2, "AF", "RC"),
        Field("reference", 50, 6, "AO"),
        Field("created_on", 56, 6, "NO"),
        Field("norm", 62, 4, "AO", "CP"),
        Field("norm_version", 66, 2, "AF", "01"),
        Field("compaction", 68, 1, "AF"),
        Field("encryption", 69, 1, "AF", "N"),
        Field("currency", 70, 1, "AO", "U"),
        Field("flow", 71, 1, "AF", "R"),
        Field("blank_72", 72, 11, "AF"),
        Field("record_length", 83, 3, "NO", "128"),
        Field("password", 86, 6, "AF"),
        Field("message", 92, 37, "AF"),
    ),
)

AGENT = Record(
    "020",
    (
        Field("type", 1, 3, "NO", "020"),
        Field("level", 4, 2, "NO", "01"),
        Field("practitioner", 6, 15, "NO", corsican=True),
    ),
)

PAYEE = Record(
    "040",
    (
        Field("type", 1, 3, "NO", "040"),
        Field("level", 4, 2, "NO", "02"),
        Field("practitioner", 6, 15, "NO", corsican=True),
    ),
)

ACCOUNTED = Record(
    "070",
    (
        Field("type", 1, 3, "NO", "070"),
        Field("level", 4, 2, "NO", "02"),
        Field("accounted_on", 6, 6, "NO"),
    ),
)

TRANSFER = Record(
    "071",
    (
        Field("type", 1, 3, "NO", "071"),
        Field("level", 4, 2, "NO", "02"),
        Field("sent_on", 6, 6, "NO"),
        Field("label_1", 12, 32, "AO"),
        Field("label_2", 44, 32, "AF"),
        Field("payer", 76, 10, "AF"),
    ),
)

LOT = Record(
    "080",
    (
        Field("type", 1, 3, "NO", "080"),
        Field("level", 4, 2, "NO", "03"),
        Field("created_on", 6, 6, "NO"),
        Field("number", 12, 3, "NO"),
    ),
)

RETURN_KIND = Record(
    "081",
    (
        Field("type", 1, 3, "NO", "081"),
        Field("level", 4, 2, "NO", "02"),
        Field("return_kind", 6, 2, "NO", "01"),
        Field("place", 8, 14, "AF"),
    ),
)

OLD_INVOICE = Record(
    "100",
    (
        Field("type", 1, 3, "NO", "100"),
        Field("level", 4, 2, "NO", "04"),
        Field("number", 6, 9, "NO"),
    ),
)

INVOICE = Record(
    "102",
    (
        Field("type", 1, 3, "NO", "102"),
        Field("level", 4, 2, "NO", "04"),
        Field("number", 6, 9, "AO"),
        Field("number_complement", 15, 6, "AF"),
        Field("lot", 21, 3, "AF"),
        Field("lot_date", 24, 6, "NF"),
        Field("kind", 30, 1, "AO"),
        Field("billed_on", 31, 6, "NF"),
        Field("amc_treatment", 37, 1, "AF"),
        Field("nature", 38, 2, "AF"),
    ),
)

PEOPLE = Record(
    "103",
    (
        Field("type", 1, 3, "NO", "103"),
        Field("level", 4, 2, "NO", "05"),
        Field("nir", 6, 13, "AO"),
        Field("nir_key", 19, 2, "NO"),
        Field("family_name", 21, 25, "AF"),
        Field("used_name", 46, 25, "AF"),
        Field("insured_first_name", 71, 15, "AF"),
        Field("individual_nir", 86, 13, "AF"),
        Field("individual_nir_key", 99, 2, "NF"),
        Field("birth", 101, 6, "NO"),
        Field("birth_rank", 107, 1, "NO"),
        Field("last_name", 108, 25, "AF"),
        Field("first_name", 133, 15, "AF"),
        Field("unit", 148, 4, "NF"),
    ),
)

INSURED = Record(
    "110",
    (
        Field("type", 1, 3, "NO", "110"),
        Field("level", 4, 2, "NO", "05"),
        Field("nir", 6, 13, "AO"),
        Field("nir_key", 19, 2, "NO"),
        Field("name_kind", 21, 1, "AO"),
        Field("last_name", 22, 25, "AO"),
        Field("blank_47", 47, 26, "AO"),
        Field("first_name", 73, 15, "AO"),
    ),
)

PATIENT = Record(
    "120",
    (
        Field("type", 1, 3, "NO", "120"),
        Field("level", 4, 2, "NO", "05"),
        Field("birth", 6, 6, "NO"),
        Field("birth_rank", 12, 1, "AO"),
        Field("last_name", 13, 25, "AO"),
        Field("first_name", 38, 15, "AO"),
        Field("unit", 53, 4, "AO"),
    ),
)

NATURE = Record(
    "150",
    (
        Field("type", 1, 3, "NO", "150"),
        Field("level", 4, 2, "NO", "05"),
        Field("nature", 6, 2, "AO"),
    ),
)

ARCHIVE = Record(
    "160",
    (
        Field("type", 1, 3, "NO", "160"),
        Field("level", 4, 2, "NO", "05"),
        Field("archive", 6, 17, "NO"),
    ),
)

AMO_SHARE = Record(
    "198",
    (
        Field("type", 1, 3, "NO", "198"),
        Field("level", 4, 2, "NO", "05"),
        Field("asked", 6, 8, "NO"),
        Field("state", 14, 1, "AO"),
        Field("paid", 15, 8, "NF"),
        Field("sign", 23, 1, "AO"),
    ),
)

AMC_SHARE = Record(
    "199",
    (
        Field("type", 1, 3, "NO", "199"),
        Field("level", 4, 2, "NO", "05"),
        Field("asked", 6, 8, "NO"),
        Field("state", 14, 1, "AO"),
        Field("paid", 15, 8, "NF"),
        Field("sign", 23, 1, "AO"),
        Field("amc_number", 24, 10, "NO"),
        Field("amc_member", 34, 15, "AF"),
    ),
)

ACT = Record(
    "210",
    (
        Field("type", 1, 3, "NO", "210"),
        Field("level", 4, 2, "NO", "05"),
        Field("line", 6, 2, "NO"),
        Field("technical_code", 8, 2, "NO"),
        Field("exemption", 10, 1, "AO"),
        Field("treatment_mode", 11, 2, "NO"),
        Field("discipline", 13, 3, "NO"),
        Field("prescribed_on", 16, 6, "NO"),
        Field("done_on", 22, 6, "NO"),
        Field("ended_on", 28, 6, "NO"),
        Field("unit_price", 34, 8, "NO"),
        Field("base", 42, 8, "NO"),
        Field("rate", 50, 3, "NO"),
        Field("reimbursed", 53, 8, "NO"),
        Field("sign", 61, 1, "AO"),
        Field("code", 62, 3, "AO"),
        Field("code_complement", 65, 2, "AO"),
        Field("quantity", 67, 3, "NO"),
        Field("coefficient", 70, 5, "NO"),
        Field("count", 75, 3, "NO"),
        Field("fee", 78, 8, "NO"),
        Field("qualifier", 86, 2, "AO"),
        Field("local_rate", 88, 3, "NO"),
        Field("local_amount", 91, 8, "NO"),
        Field("amc_rate", 99, 3, "NO"),
        Field("amc", 102, 8, "NO"),
        Field("amc_base", 110, 8, "NO"),
    ),
)

WITHHOLDING = Record(
    "250",
    (
        Field("type", 1, 3, "NO", "250"),
        Field("level", 4, 2, "NO", "05"),
        Field("line", 6, 2, "NO"),
        Field("debt", 8, 10, "AO"),
        Field("recorded_on", 18, 6, "NO"),
        Field("debt_kind", 24, 3, "AO"),
        Field("operation", 27, 3, "AO"),
        Field("amount", 30, 8, "NO"),
        Field("sign", 38, 1, "AO"),
        Field("balance", 39, 8, "NF"),
    ),
)

LUMP_PAYMENT = Record(
    "261",
    (
        Field("type", 1, 3, "NO", "261"),
        Field("level", 4, 2, "NO", "05"),
        Field("payment_code", 6, 5, "NO"),
        Field("amount", 11, 8, "NO"),
    ),
)

LUMP_DETAIL = Record(
    "262",
    (
        Field("type", 1, 3, "NO", "262"),
        Field("level", 4, 2, "NO", "05"),
        Field("code", 6, 5, "AF"),
        Field("label", 11, 80, "AF"),
        Field("nir", 91, 13, "AF"),
        Field("nir_key", 104, 2, "NF"),
        Field("birth", 106, 6, "NF"),
        Field("birth_rank", 112, 1, "NF"),
        Field("period", 113, 1, "AO"),
        Field("from_on", 114, 6, "NF"),
        Field("to_on", 120, 6, "NF"),
        Field("amount", 126, 8, "NO"),
    ),
)

REJECTION = Record(
    "290",
    (
        Field("type", 1, 3, "NO", "290"),
        Field("level", 4, 2, "NO", "06"),
        Field("line", 6, 2, "NO"),
        Field("code", 8, 10, "AO"),
        Field("label", 18, 80, "AO"),
    ),
)

REJECTION_LINE = Record(
    "294",
    (
        Field("type", 1, 3, "NO", "294"),
        Field("level", 4, 2, "NO", "06"),
        Field("code", 6, 4, "AO"),
        Field("label", 10, 86, "AO"),
        Field("rejection_level", 96, 1, "AO"),
        Field("part", 97, 1, "AO"),
        Field("act_code", 98, 5, "AF"),
        Field("care_date", 103, 6, "NF"),
        Field("executant", 109, 9, "NF"),
        Field("line", 118, 3, "NF"),
        Field("rank", 121, 2, "NF"),
        Field("info", 123, 30, "AF"),
    ),
)

COMMENT = Record(
    "295",
    (
        Field("type", 1, 3, "NO", "295"),
        Field("level", 4, 2, "NO", "06"),
        Field("code", 6, 1, "AF"),
        Field("comment", 7, 128, "AO"),
    ),
)

CONTROL = Record(
    "990",
    (
        Field("type", 1, 3, "NO", "990"),
        Field("level", 4, 2, "NO", "99"),
        Field("identification", 6, 17, "AF"),
        Field("counter", 23, 8, "NO"),
        Field("amount", 31, 11, "NO"),
        Field("sign", 42, 1, "AO"),
    ),
)

FILE_END = Record(
    "999",
    (
        Field("type", 1, 3, "NO", "999"),
        Field("sender_type", 4, 2, "AO", "CP"),
        Field("sender", 6, 14, "NO"),
        Field("sender_program", 20, 6, "AF"),
        Field("recipient_type", 26, 2, "AO", "TP"),
        Field("recipient", 28, 14, "AO"),
        Field("recipient_program", 42, 6, "AF"),
        Field("application", 48, 2, "AF", "RC"),
        Field("reference", 50, 6, "AO"),
        Field("record_count", 56, 8, "NO"),
        Field("flow", 64, 1, "AF", "R"),
        Field("blank_65", 65, 18, "AF"),
        Field("lot_count", 83, 3, "NO"),
        Field("amount", 86, 11, "NO"),
        Field("sign", 97, 1, "AO"),
        Field("other_amount", 98, 11, "NF"),
        Field("blank_109", 109, 20, "AF"),
    ),
)

ENTITIES = {
    record.kind: record
    for record in (
        AGENT, PAYEE, ACCOUNTED, TRANSFER, LOT, RETURN_KIND, OLD_INVOICE,
        INVOICE, PEOPLE, INSURED, PATIENT, NATURE, ARCHIVE, AMO_SHARE,
        AMC_SHARE, ACT, WITHHOLDING, LUMP_PAYMENT, LUMP_DETAIL, REJECTION, REJECTION_LINE,
        COMMENT, CONTROL,
    )
}  # fmt: skip
"""Every entity that runs inside the records between 000 and 999, by its type."""
