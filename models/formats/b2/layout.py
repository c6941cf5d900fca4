"""The layout of the B2 records, one table per type: the one source for reading and writing.

Source: `models/FIELD.md` §3.1. It comes from a public viewer of 2007 (B2 of
June 2007) and is not certified for real transmission. Where the source types a blank or a message zone
as a number, it is text here. What it calls obligatory and an invoice is understood without is facultative here: a blank
there is no reason to refuse a lot.
"""

from models.formats.fixed import Field, Record


def key_zones(kind: str, prefix: str = "") -> tuple[Field, ...]:
    """The first 35 positions of every record of an invoice."""
    return (
        Field("type", 1, 1, "NO", kind),
        Field("practitioner", 2, 9, "NO", corsican=True),
        Field(f"{prefix}blank_11", 11, 1, "AF"),
        Field("nir", 12, 13, "AO"),
        Field("nir_key", 25, 2, "NO"),
        Field("number", 27, 9, "NO"),
    )


FILE_START = Record(
    "000",
    (
        Field("type", 1, 3, "NO", "000"),
        Field("sender_type", 4, 2, "AO", "TP"),
        Field("sender", 6, 14, "NO", corsican=True),
        Field("blank_20", 20, 6, "AO"),
        Field("recipient_type", 26, 2, "AO", "CP"),
        Field("recipient", 28, 14, "AO"),
        Field("received_on", 42, 6, "NF"),
        Field("application", 48, 2, "AO", "FS"),
        Field("reference", 50, 6, "AO"),
        Field("created_on", 56, 6, "NF"),
        Field("norm", 62, 4, "AO", "CP"),
        Field("norm_version", 66, 2, "AO", "B2"),
        Field("blank_68", 68, 1, "AO"),
        Field("blank_69", 69, 1, "AO"),
        Field("sesam_area", 70, 3, "AO"),
        Field("blank_73", 73, 10, "AO"),
        Field("record_length", 83, 3, "NO", "128"),
        Field("blank_86", 86, 6, "AO"),
        Field("message", 92, 37, "AF"),
    ),
)

LOT_START = Record(
    "1",
    (
        Field("type", 1, 1, "NO", "1"),
        Field("practitioner", 2, 9, "NO", corsican=True),
        Field("origin", 11, 6, "AF"),
        Field("caisse", 17, 3, "NO"),
        Field("number", 20, 3, "NO"),
        Field("category", 23, 3, "AF"),
        Field("legal_status", 26, 2, "AF"),
        Field("tariff_mode", 28, 2, "AF"),
        Field("practitioner_name", 30, 40, "AO"),
        Field("norm_version", 70, 2, "AO", "00"),
        Field("created_on", 72, 6, "NF"),
        Field("blank_78", 78, 1, "AO"),
        Field("norm", 79, 2, "AO", "CP"),
        Field("certification", 81, 1, "AF"),
        Field("norm_release", 82, 6, "NF", "0"),
        Field("currency", 88, 1, "AF", "U"),
        Field("regime", 89, 2, "AF"),
        Field("pivot_caisse", 91, 3, "AF"),
        Field("central_payment", 94, 1, "AF"),
        Field("blank_95", 95, 34, "AO"),
    ),
)

INVOICE_START = Record(
    "2",
    (
        *key_zones("2"),
        Field("complement", 36, 1, "AF"),
        Field("marking", 37, 1, "AF"),
        Field("amo_forcing", 38, 1, "AF"),
        Field("operation", 39, 1, "NF", "1"),
        Field("billed_on", 40, 6, "NO"),
        Field("split", 46, 1, "AF"),
        Field("invoice_kind", 47, 1, "AF"),
        Field("portable_device", 48, 1, "AF"),
        Field("regime", 49, 2, "NO"),
        Field("caisse", 51, 3, "NO"),
        Field("centre", 54, 4, "NF", "0"),
        Field("rights_proof", 58, 1, "NF", "4"),
        # Obligatory in the source; an act without prescription leaves both at zeros or blank. Some programs write the
        # FINESS of Corsica with its letter, where the norm wants a number.
        Field("prescriber", 59, 9, "AF", "000000000"),
        Field("prescribed_on", 68, 6, "NF", "000000"),
        Field("benefit_scheme", 74, 3, "AF"),
        Field("nature", 77, 2, "NF"),
        Field("exemption", 79, 1, "AO"),
        Field("maternity_on", 80, 6, "NF"),
        Field("accident", 86, 9, "NF"),
        Field("substitute_card", 95, 1, "NF", "0"),
        Field("birth", 96, 6, "AO"),
        Field("birth_rank", 102, 1, "NF"),
        Field("beneficiary_rank", 103, 2, "AF"),
        Field("member", 105, 8, "AF"),
        Field("prescriber_specialty", 113, 2, "NF"),
        Field("settlement", 115, 2, "NO"),
        Field("contract", 117, 2, "NF"),
        Field("amc_number", 119, 10, "AF"),
    ),
)

INVOICE_S = Record(
    "2S",
    (
        *key_zones("2"),
        Field("complement", 36, 1, "AF", "S"),
        Field("blank_37", 37, 13, "AF"),
        Field("individual_nir", 50, 13, "AF"),
        Field("individual_nir_key", 63, 2, "NF"),
        Field("opposition_list", 65, 6, "NF"),
        Field("blank_71", 71, 58, "AF"),
    ),
)

INVOICE_M = Record(
    "2M",
    (
        *key_zones("2"),
        Field("complement", 36, 1, "AO", "M"),
        Field("amc_number", 37, 10, "NF"),
        Field("amc_route", 47, 2, "AF"),
        Field("amc_host", 49, 3, "AF"),
        Field("blank_52", 52, 20, "AF"),
        Field("amc_identifier", 72, 15, "NF"),
        Field("blank_87", 87, 7, "AF"),
        Field("amc_forcing", 94, 1, "AF"),
        Field("sts_kind", 95, 1, "AF"),
        Field("sts_version", 96, 4, "AF"),
        Field("route", 100, 2, "AF"),
        Field("host", 102, 3, "AF"),
        Field("domain", 105, 20, "AF"),
        Field("treatment", 125, 2, "AF"),
        Field("application", 127, 2, "AF"),
    ),
)

INVOICE_P = Record(
    "2P",
    (
        *key_zones("2"),
        Field("complement", 36, 1, "AF", "P"),
        Field("settlement_operator", 37, 10, "AF"),
        Field("agreement_context", 47, 34, "AF"),
        Field("blank_81", 81, 48, "AF"),
    ),
)

INVOICE_B = Record(
    "2B",
    (
        *key_zones("2", "identity_"),
        Field("complement", 36, 1, "AO", "B"),
        Field("identity_blank_37", 37, 1, "AO"),
        Field("quality", 38, 2, "AO"),
        Field("civility", 40, 3, "AO"),
        Field("last_name", 43, 25, "AO"),
        Field("first_name", 68, 15, "AO"),
        Field("street_number", 83, 4, "NF"),
        Field("street_number_suffix", 87, 1, "AF"),
        Field("street_kind", 88, 4, "AF"),
        Field("street_name", 92, 25, "AF"),
        Field("identity_blank_117", 117, 12, "AO"),
    ),
)

INVOICE_C = Record(
    "2C",
    (
        *key_zones("2"),
        Field("complement", 36, 1, "AF", "C"),
        Field("blank_37", 37, 4, "AO"),
        Field("address_complement", 41, 25, "AF"),
        Field("town", 66, 25, "AO"),
        Field("postcode", 91, 5, "AO"),
        Field("insured_last_name", 96, 25, "AF"),
        Field("insured_first_name", 121, 8, "AF"),
    ),
)

ACT = Record(
    "4",
    (
        *key_zones("4"),
        Field("complement", 36, 1, "AF"),
        Field("sequence", 37, 2, "NF"),
        Field("treatment_mode", 39, 2, "NF"),
        Field("discipline", 41, 3, "NF"),
        Field("agreement_on", 44, 6, "NF"),
        Field("agreement", 50, 1, "NF", "9"),
        Field("renewal", 51, 2, "AF"),
        Field("blank_53", 53, 1, "AF"),
        Field("exemption", 54, 1, "AF"),
        Field("executant", 55, 9, "NO"),
        Field("tariff_zone", 64, 2, "NF"),
        Field("specialty", 66, 2, "NF"),
        Field("done_on", 68, 6, "NO"),
        Field("code", 74, 5, "AO"),
        Field("quantity", 79, 2, "NF", "0"),
        Field("coefficient", 81, 6, "NF", "0"),
        Field("count", 87, 2, "NF", "01"),
        Field("unit_price", 89, 7, "NF", "0"),
        Field("base", 96, 7, "NO"),
        Field("rate", 103, 3, "NO"),
        Field("amo", 106, 7, "NO"),
        Field("fee", 113, 7, "NO"),
        Field("qualifier", 120, 1, "AO"),
        Field("place", 121, 1, "NF", "0"),
        Field("amc", 122, 7, "NF"),
    ),
)

ACT_S = Record(
    "4S",
    (
        *key_zones("4"),
        Field("complement", 36, 1, "AO", "S"),
        Field("sequence", 37, 2, "NF"),
        Field("practice_condition", 39, 1, "AF"),
        Field("blank_40", 40, 1, "AF"),
        Field("theoretical_base", 41, 7, "NF"),
        Field("blank_48", 48, 1, "AF"),
        Field("agreement_on", 49, 6, "NF"),
        Field("agreement", 55, 1, "NF", "9"),
        Field("substitute", 56, 9, "AF"),
        Field("substitute_complement", 65, 6, "AF"),
        Field("amo_forcing", 71, 1, "AF"),
        Field("execution_place", 72, 14, "NF"),
        Field("care_network", 86, 14, "NF"),
        Field("amc_forcing", 100, 1, "AF"),
        Field("technical_package", 101, 5, "NF"),
        Field("device", 106, 14, "NF"),
        Field("stay_group", 120, 4, "NF"),
        # Domaine d'activité: numeric in the source of 2007, a letter in SFG FIDES ACE v06.08, chapter TF.
        Field("activity_domain", 124, 1, "AF"),
        Field("blank_125", 125, 4, "AF"),
    ),
)

INVOICE_END = Record(
    "5",
    (
        *key_zones("5", "end_"),
        Field("end_blank_36", 36, 3, "AO"),
        Field("act_count", 39, 3, "NF"),
        Field("end_sesam_area_42", 42, 16, "AO"),
        Field("total", 58, 8, "NF"),
        Field("amo", 66, 8, "NF"),
        Field("patient", 74, 8, "NF"),
        Field("amc", 82, 8, "NF"),
        Field("split_by_oct", 90, 1, "AO"),
        Field("end_sesam_area_91", 91, 3, "AO"),
        Field("opposition_list", 94, 1, "AO"),
        Field("end_blank_95", 95, 2, "AO"),
        Field("certification_area", 97, 32, "AO"),
    ),
)

LOT_END = Record(
    "6",
    (
        Field("type", 1, 1, "NO", "6"),
        Field("practitioner", 2, 9, "NO", corsican=True),
        Field("invoice_count", 11, 3, "NF"),
        Field("act_count", 14, 4, "NF"),
        Field("start_count", 18, 4, "NF"),
        Field("end_count", 22, 3, "NF"),
        Field("total", 25, 9, "NF"),
        Field("amo", 34, 9, "NF"),
        Field("amc", 43, 9, "NF"),
        Field("number", 52, 3, "NO"),
        Field("marking", 55, 1, "AF", "R"),
        Field("invoice_kind", 56, 1, "AF"),
        Field("end_blank_57", 57, 4, "AO"),
        Field("software_approval", 61, 12, "AF"),
        Field("device_approval", 73, 12, "AF"),
        Field("end_blank_85", 85, 3, "AF"),
        Field("substitute", 88, 9, "NF"),
        Field("certification_area", 97, 32, "AF"),
    ),
)

FILE_END = Record(
    "999",
    (
        Field("type", 1, 3, "NO", "999"),
        Field("end_sender_type", 4, 2, "AO", "TP"),
        Field("end_sender", 6, 14, "NO", corsican=True),
        Field("end_blank_20", 20, 6, "AO"),
        Field("end_recipient_type", 26, 2, "AO", "CP"),
        Field("end_recipient", 28, 14, "NO"),
        Field("end_blank_42", 42, 6, "AO"),
        Field("end_application", 48, 2, "AO", "FS"),
        Field("end_reference", 50, 6, "AO"),
        Field("record_count", 56, 8, "NO"),
        Field("end_blank_64", 64, 19, "AO"),
        Field("lot_count", 83, 3, "NO"),
        Field("end_blank_86", 86, 43, "AO"),
    ),
)

RECORDS = {
    record.kind: record
    for record in (
        FILE_START, LOT_START, INVOICE_START, INVOICE_S, INVOICE_M, INVOICE_P, INVOICE_B, INVOICE_C,
        ACT, ACT_S, INVOICE_END, LOT_END, FILE_END,
    )
}  # fmt: skip
"""Every type of record, by the name that people give it."""
