"""What there is: one row for each module of python-stdnum that checks an identifier. Data, and so long.

The columns of :data:`ROWS`:

1. module, below the package ``stdnum``
2. name of the subtype
3. kind
4. label
5. how it is typed: "digits", "capitals", "post digits", "post capitals", or "" where no hint would be true
6. mask, where the display form has one shape
7. summary
8. examples, from the documentation and the tests of python-stdnum
9. invalid examples
10. problem codes besides those of every number, ``format`` and ``max_length``
11. whether the library has a display form
12. aliases

``tools/make_table.py`` compares the rows with the installed library and rewrites them; the columns 2 to 7 and 12 are
ours and are carried over.
"""

# ruff: noqa: RUF001 - labels are in the script of their country

from __future__ import annotations

from typing import Final, TypeAlias

__all__ = ["PATTERNS", "READERS", "ROWS", "SHAPES", "Row"]

Row: TypeAlias = tuple[
    str,
    str,
    str,
    str,
    str,
    str,
    str,
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    bool,
    tuple[str, ...],
]

#: Where every text of a form is a clean value, and no other: no check digit, no list of parts.
PATTERNS: Final = {
    "al-nipt": "[A-M][0-9]{8}[A-Z]",
    "ar-dni": "[0-9]{7,8}",
    "cr-cr": "1[0-9]{10,11}",
    "de-wkn": "[0-9A-HJ-NP-Z]{6}",
    "dz-nif": "[0-9]{15}|[0-9]{20}",
    "eg-tn": "[0-9]{9}",
    "es-post-code": "(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}",
    "fi-veronumero": "[0-9]{12}",
    "fo-vn": "[0-9]{6}",
    "is-vsk": "[0-9]{5,6}",
    "nl-brin": "[0-9]{2}[A-Z]{2}(?:[0-9]{2})?",
    "nl-post-code": "[1-9][0-9]{3} (?:[A-RT-Z][A-Z]|S[BCE-RT-Z])",
    "se-post-code": "[1-9][0-9]{4}",
    "us-atin": "[0-9]{9}",
    "us-ptin": "P[0-9]{8}",
}

_TOWN: Final = "[A-Za-zÀ-ÖØ-öø-ÿŒœŸ'-]+"  #: as France writes it

#: What every clean value looks like, where it is not ``[0-9A-Z]+``: other signs belong to the number, or its issuer
#: says more than the library looks at. Unlike :data:`PATTERNS` they let through what the library has to refuse.
SHAPES: Final = {
    "at-businessid": "[0-9]+[a-z]",
    "bitcoin": "[0-9A-Za-z]+",
    "casrn": "[0-9-]+",
    "cusip": "[0-9A-Z*@#]+",
    "cz-bank-account-number": "[0-9]+-[0-9]+/[0-9]+",
    "de-handelsregisternummer": "[0-9A-Za-zÄÖÜäöüß ()./-]+",  # name of a court, register, number
    "de-leitweg": "[0-9A-Z-]+",
    "es-referenciacatastral": "[0-9A-ZÑ]+",
    "eu-ecnumber": "[0-9-]+",
    "eu-eic": "[0-9A-Z-]+",
    "eu-vat-number": "[0-9A-Z+*]+",  # Irish numbers from before 2013 have + or *
    "fi-hetu": "[0-9A-Z+-]+",
    "fr-accise": "FR0[0-9]{5}[A-Z][0-9]{4}",
    "fr-rcs": f"(?:RCS|rcs) {_TOWN} [AB] [0-9]{{9}}",
    # Numbers of packages and articles come first; the others may have the signs of GS1's character sets 82 and 39.
    "gs1-128": r"""(?=.)(?:00[0-9]{18})?(?:0[1-3][0-9]{14})*(?!0[0-3])[0-9A-Za-z!"#%&'*+,./:;<=>?_-]*""",
    "ie-vat-number": "[0-9A-Z+*]+",
    "isil": "[0-9A-Z]+-[0-9A-Za-z/:-]+",
    "lei": "[0-9A-Z]{18}[0-9]{2}",
    "mac": "[0-9a-f:]+",
    "mx-rfc": "[0-9A-ZÑ&]+",
    "nl-post-code": "[0-9]+ [A-Z]+",
    "pt-cc": "[0-9]{9}[0-9A-Z]{2}[0-9]",
    "ro-onrc": "[0-9A-Z/]+",
    "se-personnummer": "[0-9]+[+-][0-9]+",
    "vatin": "[0-9A-ZÑ&+*]+",
}

#: Texts for which the library reads a list of numbers that it does not read for the examples.
READERS: Final = {
    "gs1-128": ("(8007)BE32123456789002",),
    "iban": ("BE32123456789002",),
    "vatin": ("ID3171011708450001",),
}

# One row of four lines is easier to compare with its neighbours than one of twenty.
# fmt: off
ROWS: Final[tuple[Row, ...]] = (
    (
        "ad.nrt", "ad-nrt", "tax-id", "NRT", "capitals", "a-000000-a",
        "Andorran tax number: a letter for the kind of taxpayer, six digits and a letter.",
        ("U-132950-X",), ("I 706193 G", "A123B"), ("component", "length"), True, ("ad-vat-number", "ad-tax-id"),
    ),
    (
        "al.nipt", "al-nipt", "tax-id", "NIPT", "capitals", "",
        "Albanian tax number of a person or an organisation: a letter, eight digits and a letter.",
        ("AL J 91402501 L", "K22218003V"), ("Z 22218003 V", "(AL) J 91402501"), ("length",), False,
        ("al-vat-number", "al-tax-id"),
    ),
    (
        "ar.cbu", "ar-cbu", "bank-account", "CBU", "digits", "00000000 00000000000000",
        "Argentine bank account number: bank and branch, then the account, each part with a check digit.",
        ("2850590940090418135201",), ("2810590940090418135201",), ("checksum", "length"), True,
        ("ar-bank-account-number",),
    ),
    (
        "ar.cuit", "ar-cuit", "tax-id", "CUIT", "digits", "00-00000000-0",
        "Argentine tax number: the kind of taxpayer, eight digits and a check digit.",
        ("20-05536168-2",), ("20267565392",), ("checksum", "component", "length"), True, ("ar-vat-number", "ar-tax-id"),
    ),
    (
        "ar.dni", "ar-dni", "national-id", "DNI", "digits", "",
        "Number of the Argentine national identity document: seven or eight digits.",
        ("20.123.456",), ("2012345699",), ("length",), True, ("ar-national-id",),
    ),
    (
        "at.businessid", "at-businessid", "organisation-id", "Firmenbuchnummer", "", "",
        "Number in the Austrian company register: digits and a small letter, often written after FN.",
        ("FN 122119m",), ("m123123", "abc"), (), False, ("at-organisation-id",),
    ),
    (
        "at.postleitzahl", "at-post-code", "post-code", "Postleitzahl", "post digits", "",
        "Post code of Austria: four digits, one of those in use.",
        ("5090",), ("4231", "ABCD"), ("component", "length"), False, (),
    ),
    (
        "at.tin", "at-tin-number", "tax-id", "Abgabenkontonummer", "digits", "00-000/0000",
        "Austrian tax number: two digits for the tax office and seven for the taxpayer, the last a check digit.",
        ("59-119/9013",), ("59-119/9011",), ("checksum", "component", "length"), True, ("at-tax-id",),
    ),
    (
        "at.uid", "at-uid", "vat-number", "UID", "capitals", "",
        "Austrian VAT number: U and eight digits, the last a check digit, stored without AT.",
        ("AT U13585627",), ("U13585626",), ("checksum", "length"), False, ("at-vat-number",),
    ),
    (
        "at.vnr", "at-vnr", "social-security-number", "Versicherungsnummer", "digits", "",
        "Austrian social security number: serial number, check digit and, mostly, the date of birth.",
        ("1237 010180",), ("2237 010180",), ("checksum", "length"), False,
        ("at-national-id", "at-social-security-number"),
    ),
    (
        "au.abn", "au-abn", "organisation-id", "ABN", "digits", "00 000 000 000",
        "Australian Business Number: two check digits and nine more.",
        ("83 914 571 673",), ("99 999 999 999",), ("checksum", "length"), True, ("au-vat-number",),
    ),
    (
        "au.acn", "au-acn", "organisation-id", "ACN", "digits", "000 000 000",
        "Australian Company Number: nine digits, the last a check digit.",
        ("004 085 616", "010 499 966"), ("999 999 999",), ("checksum", "length"), True, (),
    ),
    (
        "au.tfn", "au-tfn", "tax-id", "TFN", "digits", "",
        "Australian Tax File Number: eight or nine digits with a check sum.",
        ("123 456 782",), ("999 999 999",), ("checksum", "length"), True, ("au-tax-id",),
    ),
    (
        "az.voen", "az-voen", "tax-id", "VÖEN", "digits", "",
        "Azerbaijani tax number: ten digits, the ninth a check digit; the tenth tells people from organisations.",
        ("140 155 5071",), ("140 155 5081", "1400057424"), ("checksum", "component", "length"), False,
        ("az-vat-number", "az-tax-id"),
    ),
    (
        "be.bis", "be-bis", "foreigner-id", "BIS", "digits", "00.00.00-000.00",
        "Belgian number of a person who is not in the national register: like a national number, with a raised month.",
        ("98 47 28 997 65", "01 49 07 001 85"), ("12345678901",), ("checksum", "component", "length"), True, (),
    ),
    (
        "be.eid", "be-eid", "identity-document", "eID card number", "digits", "000-0000000-00",
        "Number of a Belgian electronic identity card: twelve digits, the last two of which are check digits.",
        ("000-0011032-71", "591-1917064-58"), ("000-0011032-25",), ("checksum", "length"), True, (),
    ),
    (
        "be.iban", "be-iban", "iban", "IBAN", "capitals", "BE00 0000 0000 0000",
        "Belgian bank account number as an IBAN, whose national check digits are verified too.",
        ("BE32 123-4567890-02",), ("BE41091811735141", "BE83138811735115"), ("checksum", "component", "length"), True,
        (),
    ),
    (
        "be.nn", "be-nn", "national-id", "Rijksregisternummer", "digits", "00.00.00-000.00",
        "Belgian national number: date of birth, serial number and two check digits.",
        ("85 07 30 033 28", "17 07 30 033 84"), ("12345678901",), ("checksum", "component", "length"), True,
        ("be-national-id",),
    ),
    (
        "be.ogm_vcs", "be-ogm-vcs", "payment-reference", "OGM-VCS", "digits", "000/0000/00000",
        "Structured communication of a Belgian bank transfer: twelve digits, the last two of which are check digits.",
        ("+++010/8068/17183+++",), ("010/8068/17180",), ("checksum", "length"), True, (),
    ),
    (
        "be.ssn", "be-ssn", "social-security-number", "INSZ / NISS", "digits", "00.00.00-000.00",
        "Belgian social security number: the national number of residents, the BIS number of others.",
        ("85 07 30 033 28", "98 47 28 997 65"), ("12345678901",), ("checksum", "component", "length"), True,
        ("be-social-security-number",),
    ),
    (
        "be.vat", "be-vat-number", "vat-number", "Ondernemingsnummer", "digits", "",
        "Belgian enterprise and VAT number: ten digits, the last two of which are check digits, stored without BE.",
        ("BE 428759497",), ("BE431150351",), ("checksum", "component", "length"), False, ("be-business-id",),
    ),
    (
        "bg.egn", "bg-egn", "national-id", "ЕГН", "digits", "",
        "Bulgarian personal number (EGN): date of birth, serial number and check digit.",
        ("8032056031",), ("8032056032", "8019010008"), ("checksum", "component", "length"), False, ("bg-national-id",),
    ),
    (
        "bg.pnf", "bg-pnf", "foreigner-id", "ЛНЧ", "digits", "",
        "Bulgarian personal number of a foreigner (PNF): nine digits and a check digit.",
        ("7111 042 925",), ("7111042922", "71110A2922"), ("checksum", "length"), False, (),
    ),
    (
        "bg.vat", "bg-vat-number", "vat-number", "ДДС номер", "digits", "",
        "Bulgarian VAT number: nine digits of an organisation or ten of a person, stored without BG.",
        ("175074752",), ("175074751",), ("checksum", "component", "length"), False, (),
    ),
    (
        "bic", "bic", "bic", "BIC", "capitals", "",
        "Business identifier code (ISO 9362, SWIFT code) of a bank: bank, country, place and perhaps branch.",
        ("AGRIFRPP882", "ABNA BE 2A"), ("AGRIF2PP", "AGRIFRPP8"), ("component", "length"), True, (),
    ),
    (
        "bitcoin", "bitcoin", "cryptocurrency-address", "Bitcoin address", "", "",
        "Address that bitcoins are sent to, in base 58 or bech32, with its check sum; no Taproot address (bech32m).",
        ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE"),
        ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfX",), ("checksum", "component", "length"), False, (),
    ),
    (
        "br.cnpj", "br-cnpj", "organisation-id", "CNPJ", "capitals", "**.***.***/****-00",
        "Brazilian number of a company: twelve digits or letters and two check digits.",
        ("16.727.230/0001-97", "12.ABC.345/01DE-35"), ("16.727.230.0001-98", "16.727.230/0001=97"),
        ("checksum", "length"), True, ("br-vat-number", "br-organisation-id"),
    ),
    (
        "br.cpf", "br-cpf", "national-id", "CPF", "digits", "000.000.000-00",
        "Brazilian number of a person in the register of taxpayers: nine digits and two check digits.",
        ("390.533.447-05",), ("231.002.999-00", "390.533.447=0"), ("checksum", "length"), True, ("br-national-id",),
    ),
    (
        "by.unp", "by-unp", "tax-id", "УНП", "capitals", "",
        "Belarusian number of a taxpayer (UNP): nine digits, or two letters and seven digits, the last a check digit.",
        ("200988541", "УНП MA1953684"), ("200988542",), ("checksum", "component", "length"), False,
        ("by-vat-number", "by-tax-id"),
    ),
    (
        "ca.bc_phn", "ca-bc-phn", "health-id", "BC PHN", "digits", "0000 000 000",
        "Personal health number of British Columbia, Canada: ten digits that begin with 9, the last a check digit.",
        ("9698 658 215",), ("9698648215", "5736504210"), ("checksum", "component", "length"), True, (),
    ),
    (
        "ca.bn", "ca-bn", "organisation-id", "BN", "capitals", "",
        "Canadian Business Number: nine digits with a check digit, and perhaps a programme account.",
        ("12302 6635", "12302 6635 RC 0001"), ("123456783", "12345678Z"), ("checksum", "component", "length"), False,
        ("ca-vat-number", "ca-organisation-id"),
    ),
    (
        "ca.sin", "ca-sin", "social-security-number", "SIN", "digits", "000-000-000",
        "Canadian social insurance number: nine digits, the last a check digit.",
        ("123-456-782",), ("999-999-999", "823456785"), ("checksum", "component", "length"), True,
        ("ca-social-security-number",),
    ),
    (
        "casrn", "casrn", "chemical-id", "CAS RN", "", "",
        "Number of a chemical substance in the CAS registry: three groups of digits, the last a check digit.",
        ("87-86-5",), ("87-86-6", "012770-26-2"), ("checksum", "length"), False, (),
    ),
    (
        "cfi", "cfi", "security-class", "CFI", "capitals", "",
        "Code that classifies a financial instrument (ISO 10962): six letters.",
        ("ELNUFR",), ("ELNUFQ",), ("component", "length"), False, (),
    ),
    (
        "ch.esr", "ch-esr", "payment-reference", "ESR / QR reference", "digits", "",
        "Reference number on a Swiss payment slip or QR bill: up to 27 digits, the last a check digit.",
        ("21 00000 00003 13947 14300 09017",), ("210000000003139471430009016",), ("checksum", "length"), True, (),
    ),
    (
        "ch.ssn", "ch-ssn", "social-security-number", "AHV-Nummer", "digits", "756.0000.0000.00",
        "Swiss social security number: 756, nine digits and a check digit.",
        ("7569217076985",), ("756.9217.0769.84", "123.4567.8910.19"), ("checksum", "component", "length"), True,
        ("ch-social-security-number",),
    ),
    (
        "ch.uid", "ch-uid", "organisation-id", "UID", "capitals", "CHE-000.000.000",
        "Swiss number of a business: CHE and nine digits, the last a check digit.",
        ("CHE-100.155.212",), ("CHE-100.155.213",), ("checksum", "component", "length"), True, ("ch-organisation-id",),
    ),
    (
        "ch.vat", "ch-vat-number", "vat-number", "MWST-Nummer", "capitals", "",
        "Swiss VAT number: the UID of a business and MWST, TVA, IVA or TPV.",
        ("CHE-107.787.577 IVA",), ("CHE-107.787.578 IVA",), ("checksum", "component", "length"), True, (),
    ),
    (
        "cl.rut", "cl-rut", "tax-id", "RUT", "capitals", "",
        "Chilean tax and identity number: up to eight digits and a check character.",
        ("76086428-5", "CL 12531909-2"), ("12531909-3", "76086A28-5"), ("checksum", "length"), True,
        ("cl-vat-number", "cl-run", "cl-tax-id"),
    ),
    (
        "cn.ric", "cn-ric", "national-id", "Resident identity card number", "capitals", "",
        "Chinese identity number: place, date of birth, serial number and a check character.",
        ("360426199101010071",), ("360426199101010072",), ("checksum", "component", "length"), True,
        ("cn-national-id",),
    ),
    (
        "cn.uscc", "cn-uscc", "organisation-id", "USCC", "capitals", "",
        "Chinese unified social credit code of an organisation: 18 digits and letters, the last a check character.",
        ("91110000600037341L",), ("91110000600037342L", "A1110000600037341L"), ("checksum", "length"), True,
        ("cn-vat-number", "cn-organisation-id"),
    ),
    (
        "co.nit", "co-nit", "tax-id", "NIT", "digits", "",
        "Colombian tax number, also called RUT: digits of which the last is a check digit.",
        ("213.123.432-1",), ("2131234325",), ("checksum", "length"), True, ("co-vat-number", "co-rut", "co-tax-id"),
    ),
    (
        "cr.cpf", "cr-cpf", "national-id", "Cédula de identidad", "digits", "00-0000-0000",
        "Costa Rican identity number of a person: province, volume and entry, stored with their leading zeros.",
        ("3-0455-0175",), ("30-1234-1234", "12345678"), ("component", "length"), True, ("cr-national-id",),
    ),
    (
        "cr.cpj", "cr-cpj", "organisation-id", "Cédula jurídica", "digits", "0-000-000000",
        "Costa Rican number of a legal person: class, kind and six digits.",
        ("3-101-999999",), ("3-534-123559", "310132541"), ("component", "length"), True,
        ("cr-vat-number", "cr-organisation-id"),
    ),
    (
        "cr.cr", "cr-cr", "foreigner-id", "DIMEX", "digits", "",
        "Costa Rican number of a resident foreigner: eleven or twelve digits that begin with 1.",
        ("155812994816",), ("30123456789", "12345678"), ("component", "length"), True, (),
    ),
    (
        "cu.ni", "cu-ni", "national-id", "Número de identidad", "digits", "",
        "Number of the Cuban identity card: the date of birth and five more digits.",
        ("91021027775",), ("9102102777A",), ("component", "length"), False, ("cu-national-id",),
    ),
    (
        "cusip", "cusip", "security-id", "CUSIP", "capitals", "",
        "Number of a North American security: eight characters and a check digit.",
        ("DUS0421C5",), ("DUS0421CN",), ("checksum", "length"), False, (),
    ),
    (
        "cy.vat", "cy-vat-number", "vat-number", "ΦΠΑ", "capitals", "",
        "Cypriot VAT number: eight digits and a check letter, stored without CY.",
        ("CY-10259033P",), ("CY-10259033Z",), ("checksum", "component", "length"), False, (),
    ),
    (
        "cz.bankaccount", "cz-bank-account-number", "bank-account", "Číslo účtu", "", "",
        "Czech bank account number: prefix, account and code of the bank, stored with leading zeros.",
        ("34278-0727558021/0100",), ("4278-727558021/0100", "34278-727558021/0000"), ("checksum", "component"), True,
        (),
    ),
    (
        "cz.dic", "cz-dic", "vat-number", "DIČ", "digits", "",
        "Czech VAT number of an organisation or a person: eight to ten digits, stored without CZ.",
        ("25123891", "7103192745"), ("25123890",), ("checksum", "component", "length"), False, ("cz-vat-number",),
    ),
    (
        "cz.rc", "cz-rc", "national-id", "Rodné číslo", "digits", "",
        "Czech birth number: date of birth, serial number and, since 1954, a check digit.",
        ("710319/2745", "991231123"), ("7103192746", "1103492745"), ("checksum", "component", "length"), True,
        ("cz-national-id",),
    ),
    (
        "de.handelsregisternummer", "de-handelsregisternummer", "organisation-id", "Handelsregisternummer", "", "",
        "Number in a German commercial register: the court, the kind of register and up to six digits.",
        ("Aachen HRA 11223", "Frankfurt/Oder GnR 11223"), ("Aachen HRC 44123",), ("component",), False,
        ("de-business-id", "de-organisation-id"),
    ),
    (
        "de.idnr", "de-idnr", "tax-id", "IdNr", "digits", "00 000 000 000",
        "German tax identification number of a person: eleven digits, the last a check digit.",
        ("36 574 261 809",), ("36574261890", "36554266806"), ("checksum", "length"), True, (),
    ),
    (
        "de.leitweg", "de-leitweg", "invoice-routing-id", "Leitweg-ID", "capitals", "",
        "Address of a German authority for electronic invoices: up to three parts, the last two check digits.",
        ("991-03730-19",), ("991-03730-11", "1-03730-19"), ("checksum", "component", "length"), False, (),
    ),
    (
        "de.stnr", "de-stnr", "tax-id", "Steuernummer", "digits", "",
        "German tax number of a tax office: ten or eleven digits in a state, or thirteen in all of Germany.",
        ("181/815/0815 5", "201/123/12340"), ("4151181508156", "136695978"), ("component", "length"), True, (),
    ),
    (
        "de.vat", "de-vat-number", "vat-number", "USt-IdNr.", "digits", "",
        "German VAT number: nine digits, the last a check digit, stored without DE.",
        ("DE136695976",), ("136695978",), ("checksum", "length"), False, (),
    ),
    (
        "de.wkn", "de-wkn", "security-id", "WKN", "capitals", "",
        "German number of a security: six digits and letters, without I and O.",
        ("A0MNRK",), ("AOMNRK",), ("length",), False, (),
    ),
    (
        "dk.cpr", "dk-cpr", "national-id", "CPR-nummer", "digits", "000000-0000",
        "Danish personal number: date of birth and a serial number.",
        ("211062-5629",), ("511062-5629", "2110525629"), ("component", "length"), True, ("dk-national-id",),
    ),
    (
        "dk.cvr", "dk-cvr", "vat-number", "CVR-nummer", "digits", "",
        "Danish number of a business, for VAT as well: eight digits with a check sum, stored without DK.",
        ("DK 13585628",), ("DK 13585627",), ("checksum", "length"), False, ("dk-vat-number",),
    ),
    (
        "do.cedula", "do-cedula", "national-id", "Cédula", "digits", "000-0000000-0",
        "Dominican identity number: eleven digits, the last a check digit.",
        ("00113918205",), ("00113918204", "0011391820A"), ("checksum", "length"), True, ("do-national-id",),
    ),
    (
        "do.ncf", "do-ncf", "receipt-number", "NCF", "capitals", "",
        "Number of a Dominican fiscal receipt: a letter and ten, twelve or eighteen digits.",
        ("E310000000005", "B0100000005"), ("Z0100000005",), ("component", "length"), False, (),
    ),
    (
        "do.rnc", "do-rnc", "tax-id", "RNC", "digits", "0-00-00000-0",
        "Dominican number of a taxpayer: nine digits, the last a check digit.",
        ("1-01-85004-3",), ("101850042", "1018A0043"), ("checksum", "length"), True, ("do-vat-number", "do-tax-id"),
    ),
    (
        "dz.nif", "dz-nif", "tax-id", "NIF", "digits", "",
        "Algerian tax number: 15 digits, or 20 of a branch.",
        ("416001000000007", "408 020 000 150 039"), ("X1600100000000V", "12345"), ("length",), True,
        ("dz-vat-number", "dz-tax-id"),
    ),
    (
        "ean", "ean", "product-code", "EAN", "digits", "",
        "International article number (GTIN) under a bar code: 8, 12, 13 or 14 digits, the last a check digit.",
        ("73513537", "978-0-471-11709-4"), ("73513531",), ("checksum", "length"), False, (),
    ),
    (
        "ec.ci", "ec-ci", "national-id", "Cédula de identidad", "digits", "",
        "Ecuadorian identity number: ten digits, the last a check digit.",
        ("171430710-3",), ("1714307104", "171430710"), ("checksum", "component", "length"), False, ("ec-national-id",),
    ),
    (
        "ec.ruc", "ec-ruc", "tax-id", "RUC", "digits", "",
        "Ecuadorian tax number: thirteen digits, of which the last ones are the establishment.",
        ("1792060346-001",), ("1763154690001", "179206034601"), ("checksum", "component", "length"), False,
        ("ec-vat-number", "ec-tax-id"),
    ),
    (
        "ee.ik", "ee-ik", "national-id", "Isikukood", "digits", "",
        "Estonian personal code: century and sex, date of birth, serial number and check digit.",
        ("36805280109",), ("36805280108",), ("checksum", "component", "length"), False, ("ee-national-id",),
    ),
    (
        "ee.kmkr", "ee-kmkr", "vat-number", "KMKR", "digits", "",
        "Estonian VAT number: nine digits, the last a check digit, stored without EE.",
        ("100594102",), ("100594103",), ("checksum", "length"), False, ("ee-vat-number",),
    ),
    (
        "ee.registrikood", "ee-registrikood", "organisation-id", "Registrikood", "digits", "",
        "Estonian registry code of an organisation: seven digits and a check digit.",
        ("12345678",), ("12345679", "32345674"), ("checksum", "component", "length"), False,
        ("ee-business-id", "ee-organisation-id"),
    ),
    (
        "eg.tn", "eg-tn", "tax-id", "Tax registration number", "digits", "000-000-000",
        "Egyptian tax number: nine digits; Arabic digits are stored as ASCII.",
        ("100-531-385",), ("VV3456789", "12345"), ("length",), True, ("eg-vat-number", "eg-tax-id"),
    ),
    (
        "es.cae", "es-cae", "excise-number", "CAE", "capitals", "",
        "Spanish code of an establishment that deals in excise goods: ES, zeros, office, activity and serial number.",
        ("ES00008V1488Q",), ("00008V1488",), ("length",), False, (),
    ),
    (
        "es.ccc", "es-ccc", "bank-account", "CCC", "digits", "0000 0000 00 00000 00000",
        "Spanish bank account number: bank, branch, two check digits and account.",
        ("1234-1234-16 1234567890",), ("1234-1234-00 1234567890", "12X4-1234-16 1234567890"), ("checksum", "length"),
        True, ("es-bank-account-number",),
    ),
    (
        "es.cif", "es-cif", "organisation-id", "CIF", "capitals", "",
        "Spanish tax number of an organisation: a letter for its kind, seven digits and a check character.",
        ("J99216582",), ("J99216583", "M-1234567-L"), ("checksum", "length"), False, ("es-organisation-id",),
    ),
    (
        "es.cups", "es-cups", "energy-point", "CUPS", "capitals", "",
        "Spanish number of a supply point of electricity or gas: ES, 16 digits, two check letters, perhaps two more.",
        ("ES 1234-123456789012-JY",), ("ES 1234-123456789012-XY 1F", "ES 1234-123456789012-JY 1T"),
        ("checksum", "component", "length"), True, (),
    ),
    (
        "es.dni", "es-dni", "national-id", "DNI", "capitals", "",
        "Spanish identity number: eight digits and a check letter.",
        ("54362315-K",), ("54362315Z", "54362315"), ("checksum", "length"), False, ("es-national-id",),
    ),
    (
        "es.iban", "es-iban", "iban", "IBAN", "capitals", "ES00 0000 0000 0000 0000 0000",
        "Spanish bank account number as an IBAN, whose national check digits are verified too.",
        ("ES77 1234-1234-16 1234567890",), ("ES12 1234-1234-16 1234567890", "ES15 1234-1234-17 1234567890"),
        ("checksum", "component", "length"), True, (),
    ),
    (
        "es.nie", "es-nie", "foreigner-id", "NIE", "capitals", "",
        "Spanish identity number of a foreigner: X, Y or Z, seven digits and a check letter.",
        ("x-2482300w",), ("x-2482300a", "X2482300"), ("checksum", "length"), False, (),
    ),
    (
        "es.nif", "es-nif", "tax-id", "NIF", "capitals", "",
        "Spanish tax number of a citizen (DNI), a foreigner (NIE) or an organisation (CIF), stored without ES.",
        ("B64717838", "54362315K"), ("B64717839",), ("checksum", "length"), False, ("es-vat-number", "es-tax-id"),
    ),
    (
        "es.postal_code", "es-post-code", "post-code", "Código postal", "post digits", "",
        "Post code of Spain: five digits, of which the first two are the province, 01 to 52.",
        ("01000", "52000"), ("00000", "53000"), ("component", "length"), False, (),
    ),
    (
        "es.referenciacatastral", "es-referenciacatastral", "parcel-id", "Referencia catastral", "capitals",
        "******* ******* **** aa",
        "Number of a property in the Spanish cadastre: parcel, map sheet, unit and two check letters.",
        ("7837301-VG8173B-0001 TT",), ("7837301 VG8173B 0001 NN", "7837301/VG8173B 0001 TT"), ("checksum", "length"),
        True, (),
    ),
    (
        "eu.at_02", "eu-at-02", "creditor-id", "SEPA creditor identifier", "capitals", "",
        "Identifier of a creditor of SEPA direct debits: country, check digits, business code, national identifier.",
        ("ES 23 ZZZ 47690558N", "ES2300047690558N"), ("ES 23 ZZZ 47690551N",), ("checksum",), False, (),
    ),
    (
        "eu.banknote", "eu-banknote", "banknote", "Euro banknote number", "capitals", "",
        "Serial number of a euro banknote: one letter and eleven digits, or two letters and ten digits.",
        ("P36007033744",), ("P36007033743",), ("checksum", "component", "length"), False, (),
    ),
    (
        "eu.ecnumber", "eu-ecnumber", "chemical-id", "EC number", "", "000-000-0",
        "Number of a chemical substance in the inventories of the European Union: six digits and a check digit.",
        ("200-001-8",), ("200-001-9", "20-0001-8"), ("checksum", "length"), False, (),
    ),
    (
        "eu.eic", "eu-eic", "energy-id", "EIC", "capitals", "",
        "European code of a party, place or object in the energy market: 16 characters, the last a check character.",
        ("22XWATTPLUS----G",), ("22XWATTPLUS----X", "23X--130302DLGW-"), ("checksum", "length"), False, (),
    ),
    (
        "eu.excise", "eu-excise", "excise-number", "Excise number", "capitals", "",
        "European number of a business that deals in excise goods: a member state and eleven characters.",
        ("LU 987ABC",), ("XX 987ABC", "LU 987ABC12345678"), ("checksum", "component", "length"), False, (),
    ),
    (
        "eu.nace", "eu-nace", "industry", "NACE code", "capitals", "",
        "Economic activity by its code in NACE Rev. 2.1, the European classification: a letter, or two to four digits.",
        ("62.10", "A"), ("62.01", "62.05"), ("component", "length"), True, (),
    ),
    (
        "eu.oss", "eu-oss", "vat-number", "OSS number", "capitals", "",
        "VAT number of the European one-stop shop, for sellers from outside and intermediaries: EU or IM and digits.",
        ("EU 372022452",), ("EU 999022452", "EU 37202245"), ("component", "length"), False, (),
    ),
    (
        "eu.vat", "eu-vat-number", "vat-number", "VAT number", "capitals", "",
        "VAT number of any member state of the European Union or of Northern Ireland, stored with its country prefix.",
        ("BE697449992", "FR 61 954 506 077"), ("BE697449991",), ("checksum", "component", "length"), False, (),
    ),
    (
        "fi.alv", "fi-alv", "vat-number", "ALV-numero", "digits", "",
        "Finnish VAT number: eight digits, the last a check digit, stored without FI.",
        ("FI 20774740",), ("FI 20774741",), ("checksum", "length"), False, ("fi-vat-number",),
    ),
    (
        "fi.associationid", "fi-associationid", "organisation-id", "Rekisterinumero", "digits", "",
        "Number of a Finnish registered association: one to six digits.",
        ("123.123", "1123"), ("12df", "123123123"), ("component", "length"), True, (),
    ),
    (
        "fi.hetu", "fi-hetu", "national-id", "Henkilötunnus", "capitals", "",
        "Finnish personal identity code: date of birth, a sign for the century, serial number and check character.",
        ("131052-308T",), ("131052-308U", "310252-308Y"), ("checksum", "component"), True, ("fi-national-id",),
    ),
    (
        "fi.veronumero", "fi-veronumero", "tax-id", "Veronumero", "digits", "",
        "Finnish individual tax number, as worn on building sites: twelve digits.",
        ("123456789123",), ("12345678912A", "123456789"), ("length",), False, (),
    ),
    (
        "fi.ytunnus", "fi-ytunnus", "organisation-id", "Y-tunnus", "digits", "0000000-0",
        "Finnish number of a business: seven digits and a check digit.",
        ("2077474-0",), ("2077474-1",), ("checksum", "length"), True, ("fi-business-id",),
    ),
    (
        "figi", "figi", "security-id", "FIGI", "capitals", "",
        "Global identifier of a financial instrument: twelve characters, the last a check digit.",
        ("BBG000BLNQ16",), ("BBG000BLNQ14",), ("checksum", "component", "length"), False, (),
    ),
    (
        "fo.vn", "fo-vn", "tax-id", "V-tal", "digits", "",
        "Faroese number of a taxpayer: six digits.",
        ("623857",), ("12345X", "1234"), ("length",), True, ("fo-vat-number", "fo-tax-id"),
    ),
    (
        "fr.accise", "fr-accise", "excise-number", "Numéro d'accise", "capitals", "",
        "French number of a business that pays excise duty: FR0, year, customs office, a letter and four digits.",
        ("FR023004N9448",), ("FR012907A0820", "FR0XX907E0820"), ("component", "length"), False, ("fr-excise-number",),
    ),
    (
        "fr.nif", "fr-nif", "tax-id", "Numéro fiscal", "digits", "00 00 000 000 000",
        "French tax number of a person: ten digits, the first from 0 to 3, and three check digits.",
        ("3023217600053",), ("3023217600054", "9701987765432"), ("checksum", "component", "length"), True,
        ("fr-tax-id",),
    ),
    (
        "fr.nir", "fr-nir", "social-security-number", "NIR", "capitals", "0 00 00 0* 000 000 00",
        "French social security number: sex, month and place of birth, serial number and two check digits.",
        ("2 95 10 99 126 111 93", "253072B07300470"), ("295109912611199", "253072C07300443"), ("checksum", "length"),
        True, ("fr-social-security-number",),
    ),
    (
        "fr.rcs", "fr-rcs", "organisation-id", "RCS", "", "",
        "Entry in the French trade register: RCS, the town, A or B, and the SIREN.",
        ("RCS Nancy B 323 159 715",), ("RCS Nancy B 323 159 716", "RCSNancy B 323 159 716"), ("checksum", "length"),
        True, (),
    ),
    (
        "fr.siren", "fr-siren", "organisation-id", "SIREN", "digits", "000 000 000",
        "French number of a company: nine digits, the last a check digit.",
        ("404833048",), ("404833047",), ("checksum", "length"), True, (),
    ),
    (
        "fr.siret", "fr-siret", "organisation-id", "SIRET", "digits", "000 000 000 00000",
        "French number of a company's establishment: its SIREN and five more digits.",
        ("73282932000074",), ("73282932000079",), ("checksum", "length"), True, (),
    ),
    (
        "fr.tva", "fr-tva", "vat-number", "Numéro de TVA", "capitals", "",
        "French VAT number: a key of two characters and the SIREN, stored without FR.",
        ("23334175221", "K7399859412"), ("84 323 140 391", "IO334175221"), ("checksum", "length"), False,
        ("fr-vat-number",),
    ),
    (
        "gb.nhs", "gb-nhs", "health-id", "NHS number", "digits", "000 000 0000",
        "Number of a patient of the British National Health Service: nine digits and a check digit.",
        ("943-476-5870",), ("9434765871",), ("checksum", "length"), True, (),
    ),
    (
        "gb.sedol", "gb-sedol", "security-id", "SEDOL", "capitals", "",
        "Number of a security at the London Stock Exchange: six characters and a check digit.",
        ("B15KXQ8",), ("B15KXQ7",), ("checksum", "length"), False, (),
    ),
    (
        "gb.upn", "gb-upn", "student-id", "UPN", "capitals", "",
        "Unique number of a pupil at a state school in England: a check letter and twelve characters.",
        ("B801200005001",), ("A801200005001", "E000200005001"), ("checksum", "component", "length"), False, (),
    ),
    (
        "gb.utr", "gb-utr", "tax-id", "UTR", "digits", "",
        "British unique taxpayer reference: ten digits, the first a check digit.",
        ("1955839661",), ("2955839661",), ("checksum", "length"), False, ("gb-tax-id",),
    ),
    (
        "gb.vat", "gb-vat-number", "vat-number", "VAT number", "capitals", "",
        "British VAT number: nine or twelve digits, or five characters of an authority, stored without GB.",
        ("GB 980 7806 84",), ("802311781",), ("checksum", "component", "length"), True, (),
    ),
    (
        "gh.tin", "gh-tin-number", "tax-id", "TIN", "capitals", "",
        "Ghanaian tax number: a prefix for the kind of taxpayer, digits and a check character.",
        ("C0000803561",), ("C0000803562",), ("checksum", "length"), False, ("gh-vat-number", "gh-tax-id"),
    ),
    (
        "gn.nifp", "gn-nifp", "tax-id", "NIFp", "digits", "000-000-000",
        "Guinean tax number: eight digits and a check digit.",
        ("693770885",), ("693770880", "12345"), ("checksum", "length"), True, ("gn-vat-number", "gn-tax-id"),
    ),
    (
        "gr.amka", "gr-amka", "social-security-number", "ΑΜΚΑ", "digits", "",
        "Greek social security number (AMKA): date of birth, serial number and check digit.",
        ("01013099997",), ("01013099999",), ("checksum", "component", "length"), False, ("gr-social-security-number",),
    ),
    (
        "gr.vat", "gr-vat-number", "vat-number", "ΑΦΜ", "digits", "",
        "Greek tax and VAT number (AFM): eight digits and a check digit, stored without EL.",
        ("EL 094259216",), ("EL 123456781",), ("checksum", "length"), False, (),
    ),
    (
        "grid", "grid", "recording-id", "GRid", "capitals", "**-*****-**********-*",
        "Global identifier of a release of recordings: 18 characters, the last a check character.",
        ("A12425GABC1234002M",), ("A1-2425G-ABC1234002-Q",), ("checksum", "length"), True, (),
    ),
    (
        "gs1_128", "gs1-128", "product-code", "GS1-128", "", "",
        "Content of a GS1-128 bar code: application identifiers and their values, such as article number and date.",
        ("(17)181119(01)38425876095074(37)1",), ("(17)181119(01)38425876095071(37)1",),
        ("checksum", "component", "length"), False, (),
    ),
    (
        "gt.nit", "gt-nit", "tax-id", "NIT", "capitals", "",
        "Guatemalan tax number: up to eleven digits and a check character.",
        ("576937-K", "7108-0"), ("8977112-0", "1234567890123"), ("checksum", "length"), True,
        ("gt-vat-number", "gt-tax-id"),
    ),
    (
        "hr.oib", "hr-oib", "national-id", "OIB", "digits", "",
        "Croatian personal identification number of people and organisations: ten digits and a check digit.",
        ("HR 33392005961",), ("33392005962",), ("checksum", "length"), False, ("hr-vat-number",),
    ),
    (
        "hu.anum", "hu-anum", "vat-number", "Közösségi adószám", "digits", "",
        "Hungarian VAT number: eight digits, the last a check digit, stored without HU.",
        ("HU-12892312",), ("HU-12892313",), ("checksum", "length"), False, ("hu-vat-number",),
    ),
    (
        "iban", "iban", "iban", "IBAN", "capitals", "",
        "International bank account number, with its check digits and the structure of its country.",
        ("GR16 0110 1050 0000 1054 7023 795", "BE31435411161155"), ("GR16 0110 1050 0000 1054 7023 791",),
        ("checksum", "component", "length"), True, (),
    ),
    (
        "id.nik", "id-nik", "national-id", "NIK", "digits", "",
        "Indonesian population number: district, date of birth and serial number.",
        ("3171011708450001",), ("9971011708450001", "31710117084500"), ("component", "length"), False,
        ("id-national-id",),
    ),
    (
        "id.npwp", "id-npwp", "tax-id", "NPWP", "digits", "",
        "Indonesian tax number: 15 digits, or 16 since 2024, when a person's is the NIK.",
        ("01.312.166.0-091.000", "016090524017000", "3171011708450001"), ("01.312.166.1-091.000", "123456789"),
        ("checksum", "component", "length"), True, ("id-vat-number", "id-tax-id"),
    ),
    (
        "ie.pps", "ie-pps", "national-id", "PPS number", "capitals", "",
        "Irish personal public service number: seven digits, a check letter and perhaps another letter.",
        ("6433435F", "6433435FT"), ("6433435E", "6433435VH"), ("checksum", "length"), False, ("ie-national-id",),
    ),
    (
        "ie.vat", "ie-vat-number", "vat-number", "VAT number", "capitals", "",
        "Irish VAT number: seven digits, of which one may be a letter or sign, and one or two letters; without IE.",
        ("IE 6433435F", "IE 6433435OA"), ("6433435E", "8?79739J"), ("checksum", "length"), False, (),
    ),
    (
        "il.hp", "il-hp", "organisation-id", "Company number", "digits", "",
        "Israeli number of a company: nine digits that begin with 5, the last a check digit.",
        ("516179157",), ("516179150", "416179157"), ("checksum", "component", "length"), True,
        ("il-vat-number", "il-organisation-id"),
    ),
    (
        "il.idnr", "il-idnr", "national-id", "Mispar zehut", "digits", "00000000-0",
        "Israeli identity number: up to nine digits, the last a check digit, stored with leading zeros.",
        ("3933742-3",), ("3933742-2", "490154203237518"), ("checksum", "length"), True, ("il-national-id",),
    ),
    (
        "imei", "imei", "device-id", "IMEI", "digits", "",
        "Number of a mobile phone: 14 digits and a check digit, or 16 with the software version.",
        ("35686800-004141-20",), ("35-417803-685978-1",), ("checksum", "length"), True, (),
    ),
    (
        "imo", "imo", "ship-id", "IMO number", "digits", "IMO 0000000",
        "Number of a ship at the International Maritime Organization: seven digits, the last a check digit.",
        ("IMO 9319466", "IMO 8814275"), ("8814274",), ("checksum", "length"), True, (),
    ),
    (
        "imsi", "imsi", "subscriber-id", "IMSI", "digits", "",
        "Number of a mobile subscriber, on the SIM: country, network and subscriber.",
        ("429011234567890",), ("439011234567890",), ("component", "length"), False, (),
    ),
    (
        "in_.aadhaar", "in-aadhaar", "national-id", "Aadhaar", "digits", "0000 0000 0000",
        "Indian identity number: twelve digits, the last a check digit.",
        ("234123412346",), ("234123412347", "123412341234"), ("checksum", "length"), True, ("in-national-id",),
    ),
    (
        "in_.epic", "in-epic", "voter-id", "EPIC", "capitals", "",
        "Number of an Indian voter's card: three letters, six digits and a check digit.",
        ("WKH1186253",), ("WKH1186263", "1231186253"), ("checksum", "length"), False, (),
    ),
    (
        "in_.gstin", "in-gstin", "vat-number", "GSTIN", "capitals", "",
        "Indian number for the goods and services tax: state, PAN and three characters, the last a check character.",
        ("27AAPFU0939F1ZV",), ("27AAPFU0939F1ZO", "27AAPFU0939F1AA"), ("checksum", "component", "length"), False,
        ("in-vat-number",),
    ),
    (
        "in_.pan", "in-pan", "tax-id", "PAN", "capitals", "",
        "Indian permanent account number of a taxpayer: five letters, four digits and a letter.",
        ("ACUPA7085R",), ("ABMXA3211G", "ACUPA0000R"), ("component", "length"), False, ("in-tax-id",),
    ),
    (
        "in_.vid", "in-vid", "virtual-id", "VID", "digits", "0000 0000 0000 0000",
        "Temporary number in place of an Indian Aadhaar: 16 digits, the last a check digit.",
        ("2341234123412341",), ("2341234123412342", "1341234123412341"), ("checksum", "length"), True, (),
    ),
    (
        "is_.kennitala", "is-kennitala", "national-id", "Kennitala", "digits", "000000-0000",
        "Icelandic number of a person or organisation: date, serial number, check digit and century.",
        ("450401-3150", "120174-3399"), ("530575-0299", "320174-3399"), ("checksum", "component"), True,
        ("is-national-id",),
    ),
    (
        "is_.vsk", "is-vsk", "vat-number", "VSK-númer", "digits", "",
        "Icelandic VAT number: five or six digits, stored without IS.",
        ("IS 00621",), ("IS 0062199",), ("length",), False, ("is-vat-number",),
    ),
    (
        "isan", "isan", "audiovisual-id", "ISAN", "capitals", "",
        "International number of an audiovisual work: 16 or 24 hexadecimal digits and perhaps check characters.",
        ("000000018947000000000000", "0000-0001-8CFA-0000-I-0000-0000-K"), ("0000-0001-8CFA-0000-A-0000-0000-K",),
        ("checksum", "length"), True, (),
    ),
    (
        "isbn", "isbn", "book", "ISBN", "", "",
        "International number of a book: ten or thirteen characters, the last a check digit.",
        ("978-9024538270",), ("978-9024538271",), ("checksum", "component", "length"), True, (),
    ),
    (
        "isil", "isil", "library", "ISIL", "", "",
        "International identifier of a library, archive or museum: country or other prefix, a hyphen and a local code.",
        ("IT-RM0267", "OCLC-DLC"), ("WW-RM0267",), ("component", "length"), True, (),
    ),
    (
        "isin", "isin", "security-id", "ISIN", "capitals", "",
        "International number of a security: country, nine characters and a check digit.",
        ("US0378331005",), ("US0378331003",), ("checksum", "component", "length"), False, (),
    ),
    (
        "ismn", "ismn", "music-score", "ISMN", "", "",
        "International number of printed music: M and nine digits, or thirteen digits, the last a check digit.",
        ("979-0-3452-4680-5", "9790060115615"), ("9790060115614",), ("checksum", "component", "length"), True, (),
    ),
    (
        "isni", "isni", "name-id", "ISNI", "capitals", "0000 0000 0000 000*",
        "International number of a person or body known to the public: 15 digits and a check character.",
        ("0000 0001 2281 955X",), ("0000 0001 1111 955X", "0000 0001 2281"), ("checksum", "length"), True, (),
    ),
    (
        "iso11649", "iso11649", "payment-reference", "Creditor reference", "capitals", "",
        "Structured creditor reference of a payment (ISO 11649): RF, two check digits and up to 21 characters.",
        ("RF18 5390 0754 7034", "RF18 5390 0754 70Y"), ("RF17 5390 0754 7034",), ("checksum", "length"), True, (),
    ),
    (
        "iso6346", "iso6346", "container-id", "Container number", "capitals", "aaaa 000000 0",
        "Number of a freight container (ISO 6346): owner, kind, six digits and a check digit.",
        ("csqu3054383",), ("CSQU3054384",), ("checksum", "length"), True, (),
    ),
    (
        "isrc", "isrc", "recording-id", "ISRC", "capitals", "aa-***-00-00000",
        "International code of a recording: country, registrant, year and five digits.",
        ("US-SKG-19-12345",), ("XX-SKG-19-12345",), ("checksum", "component", "length"), True, (),
    ),
    (
        "issn", "issn", "periodical", "ISSN", "capitals", "0000-000*",
        "International number of a periodical: seven digits and a check character.",
        ("0024-9319",), ("0032147X", "003214712"), ("checksum", "length"), True, (),
    ),
    (
        "it.aic", "it-aic", "medicine-id", "AIC", "capitals", "",
        "Number of a medicine authorised in Italy: nine digits, the last a check digit; base 32 is read as well.",
        ("000307052",), ("000307051",), ("checksum", "component", "length"), False, (),
    ),
    (
        "it.codicefiscale", "it-codicefiscale", "tax-id", "Codice fiscale", "capitals", "",
        "Italian tax code: 16 characters of a person, eleven digits of an organisation, with a check character.",
        ("RCCMNL83S18D969H", "00743110157"), ("00743110158", "RCCMNL83S18D969"), ("checksum", "component", "length"),
        False, ("it-tax-id",),
    ),
    (
        "it.iva", "it-iva", "vat-number", "Partita IVA", "digits", "",
        "Italian VAT number: eleven digits, the last a check digit, stored without IT.",
        ("IT 00743110157",), ("00743110158",), ("checksum", "component", "length"), False, ("it-vat-number",),
    ),
    (
        "jp.cn", "jp-cn", "organisation-id", "Corporate number", "digits", "0-0000-0000-0000",
        "Japanese number of an organisation: a check digit and twelve digits.",
        ("5-8356-7825-6246",), ("2-8356-7825-6246",), ("checksum", "length"), True,
        ("jp-vat-number", "jp-organisation-id"),
    ),
    (
        "jp.in_", "jp-in", "national-id", "My Number", "digits", "0000 0000 0000",
        "Japanese individual number: eleven digits and a check digit.",
        ("6214 9832 0257",), ("6214 9832 0258", "6214 9832 025X"), ("checksum", "length"), True, ("jp-national-id",),
    ),
    (
        "ke.pin", "ke-pin", "tax-id", "KRA PIN", "capitals", "",
        "Kenyan tax number: A of a person or P of an organisation, nine digits and a letter.",
        ("P051365947M", "A004416331M"), ("V1234567890", "12345"), ("length",), True, ("ke-vat-number", "ke-tax-id"),
    ),
    (
        "kr.brn", "kr-brn", "organisation-id", "Business registration number", "digits", "000-00-00000",
        "South Korean number of a business: ten digits, whose check digit is not looked at.",
        ("116-82-00276",), ("123456789",), ("component", "length"), True, ("kr-vat-number", "kr-organisation-id"),
    ),
    (
        "kr.rrn", "kr-rrn", "national-id", "Resident registration number", "digits", "000000-0000000",
        "South Korean number of a resident: date of birth, sex and, if given out before October 2020, a check digit.",
        ("971013-9019902",), ("971013-9019903",), ("checksum", "component", "length"), True, ("kr-national-id",),
    ),
    (
        "lei", "lei", "organisation-id", "LEI", "capitals", "",
        "Global identifier of a legal entity in finance: 18 characters and two check digits.",
        ("213800KUD8LAJWSQ9D15",), ("213800KUD8LXJWSQ9D15",), ("checksum", "length"), False, (),
    ),
    (
        "li.peid", "li-peid", "tax-id", "PEID", "digits", "",
        "Liechtenstein tax number of a person or organisation: up to twelve digits, stored without leading zeros.",
        ("1234567",), ("00001234568913454545",), ("length",), False, ("li-tax-id",),
    ),
    (
        "lt.asmens", "lt-asmens", "national-id", "Asmens kodas", "digits", "",
        "Lithuanian personal code: century and sex, date of birth, serial number and check digit.",
        ("33309240064",), ("33309240164",), ("checksum", "component", "length"), False, ("lt-national-id",),
    ),
    (
        "lt.pvm", "lt-pvm", "vat-number", "PVM kodas", "digits", "",
        "Lithuanian VAT number: nine or twelve digits, the last a check digit, stored without LT.",
        ("119511515", "LT 100001919017"), ("100001919018",), ("checksum", "component", "length"), False,
        ("lt-vat-number",),
    ),
    (
        "lu.tva", "lu-tva", "vat-number", "Numéro de TVA", "digits", "",
        "Luxembourgish VAT number: six digits and two check digits, stored without LU.",
        ("LU 150 274 42",), ("150 274 43",), ("checksum", "length"), False, ("lu-vat-number",),
    ),
    (
        "lv.pvn", "lv-pvn", "vat-number", "PVN numurs", "digits", "",
        "Latvian VAT number: eleven digits of an organisation, or the personal code of a person, without LV.",
        ("LV 4000 3521 600", "161175-19997"), ("40003521601", "328673-00677"), ("checksum", "component", "length"),
        False, ("lv-vat-number",),
    ),
    (
        "ma.ice", "ma-ice", "organisation-id", "ICE", "digits", "",
        "Moroccan common identifier of a company: 15 digits, the last two of which are check digits.",
        ("001561191000066", "00 21 36 09 30 00 040"), ("001561191000065", "12345"), ("checksum", "length"), True,
        ("ma-vat-number", "ma-organisation-id"),
    ),
    (
        "mac", "mac", "device-id", "MAC address", "", "**:**:**:**:**:**",
        "Address of a network interface: six hexadecimal bytes, stored in small letters with colons.",
        ("D0-50-99-84-A2-A0",), ("D0-50-99-84-A2", "D0-50-99-84-A2-G0"), ("component", "length"), False, (),
    ),
    (
        "mc.tva", "mc-tva", "vat-number", "Numéro de TVA", "capitals", "",
        "Monegasque VAT number, of the French kind: FR, a key of two characters and nine digits that begin with 000.",
        ("53 0000 04605",), ("53 0000 04601", "FR 61 954 506 077"), ("checksum", "component", "length"), False,
        ("mc-vat-number",),
    ),
    (
        "md.idno", "md-idno", "organisation-id", "IDNO", "digits", "",
        "Moldovan number of a company: 13 digits, the last a check digit.",
        ("1008600038413",), ("1008600038412",), ("checksum", "length"), False, ("md-organisation-id",),
    ),
    (
        "me.iban", "me-iban", "iban", "IBAN", "capitals", "ME00 0000 0000 0000 0000 00",
        "Montenegrin bank account number as an IBAN, whose national check digits are verified too.",
        ("ME 2551 0000 0000 0623 4133",), ("ME52510000000006234132", "GR1601101050000010547023795"),
        ("checksum", "component", "length"), True, (),
    ),
    (
        "me.pib", "me-pib", "tax-id", "PIB", "digits", "",
        "Montenegrin tax number: eight digits, the last a check digit.",
        ("02655284",), ("02655283",), ("checksum", "length"), True, ("me-vat-number", "me-tax-id"),
    ),
    (
        "meid", "meid", "device-id", "MEID", "capitals", "",
        "Number of a mobile device: 14 hexadecimal or 18 decimal digits, stored as hexadecimal.",
        ("AF 01 23 45 0A BC DE C",), ("29360 87365 0070 3710 1",), ("checksum", "component", "length"), True, (),
    ),
    (
        "mk.edb", "mk-edb", "tax-id", "ЕДБ", "digits", "",
        "North Macedonian tax number (EDB): 13 digits, the last a check digit, stored without MK.",
        ("4030000375897", "MK4057009501106"), ("4030000375890",), ("checksum", "length"), True,
        ("mk-vat-number", "mk-tax-id"),
    ),
    (
        "mt.vat", "mt-vat-number", "vat-number", "VAT number", "digits", "",
        "Maltese VAT number: six digits and two check digits, stored without MT.",
        ("MT 1167-9112",), ("1167-9113",), ("checksum", "length"), False, (),
    ),
    (
        "mu.nid", "mu-nid", "national-id", "NID", "capitals", "",
        "Mauritian identity number: the first letter of the surname, date of birth, serial number and check character.",
        ("A010190000001A",), ("A010190000001B", "A311399000001A"), ("checksum", "component", "length"), False,
        ("mu-national-id",),
    ),
    (
        "mx.curp", "mx-curp", "national-id", "CURP", "capitals", "",
        "Mexican population number: letters of the name, date of birth, sex, state and a check digit.",
        ("BOXW310820HNERXN09",), ("BOXW310820HNERXN08",), ("checksum", "component", "length"), False,
        ("mx-national-id",),
    ),
    (
        "mx.rfc", "mx-rfc", "tax-id", "RFC", "capitals", "",
        "Mexican tax number: letters of the name, date of birth or foundation, and three characters.",
        ("GODE 561231 GR8", "MAB-930714-8T4"), ("GODE 561331 GR8", "GODE 561231 GR"),
        ("checksum", "component", "length"), True, ("mx-vat-number", "mx-tax-id"),
    ),
    (
        "my.nric", "my-nric", "national-id", "MyKad", "digits", "000000-00-0000",
        "Malaysian identity card number: date of birth, place of birth and serial number.",
        ("770305-02-1234",), ("771305-02-1234", "770305-17-1234"), ("component", "length"), True, ("my-national-id",),
    ),
    (
        "mz.nuit", "mz-nuit", "tax-id", "NUIT", "digits", "000 000 000",
        "Mozambican tax number: nine digits, the last a check digit.",
        ("400339910", "400 005 834"), ("400339911", "12345"), ("checksum", "length"), True,
        ("mz-vat-number", "mz-tax-id"),
    ),
    (
        "nl.brin", "nl-brin", "school-id", "BRIN", "capitals", "",
        "Dutch number of a school: two digits and two letters, and perhaps two digits for the site.",
        ("05 KO", "07NU 00"), ("30AJ0A", "12KB1"), ("length",), False, (),
    ),
    (
        "nl.bsn", "nl-bsn", "national-id", "BSN", "digits", "0000.00.000",
        "Dutch citizen service number: nine digits with a check sum.",
        ("1112.22.333",), ("1112.52.333", "1112223334"), ("checksum", "length"), True, ("nl-national-id",),
    ),
    (
        "nl.btw", "nl-btw", "vat-number", "Btw-id", "capitals", "",
        "Dutch VAT number: nine digits, B and two digits, stored without NL.",
        ("004495445B01", "NL002455799B11"), ("123456789B90",), ("checksum", "length"), False, ("nl-vat-number",),
    ),
    (
        "nl.identiteitskaartnummer", "nl-identiteitskaartnummer", "identity-document", "Documentnummer", "capitals", "",
        "Number of a Dutch passport or identity card: two letters, six letters or digits, and a digit; no letter O.",
        ("EM0000000", "XR1001R58"), ("XR1O01R58", "581001RXR"), ("component", "length"), False, (),
    ),
    (
        "nl.onderwijsnummer", "nl-onderwijsnummer", "student-id", "Onderwijsnummer", "digits", "",
        "Dutch number of a pupil or student who has no BSN: nine digits with a check sum.",
        ("1012.22.331",), ("100252333", "2112.22.337"), ("checksum", "length"), False, (),
    ),
    (
        "nl.postcode", "nl-post-code", "post-code", "Postcode", "post capitals", "0000 aa",
        "Post code of the Netherlands: four digits, the first not 0, a space and two letters.",
        ("2601 DC", "NL-2611ET"), ("2611 SS", "26112 ET"), ("component",), False, (),
    ),
    (
        "no.fodselsnummer", "no-fodselsnummer", "national-id", "Fødselsnummer", "digits", "000000 00000",
        "Norwegian identity number: date of birth, serial number and two check digits.",
        ("151086 95088",), ("15108695077",), ("checksum", "component", "length"), True, ("no-national-id",),
    ),
    (
        "no.iban", "no-iban", "iban", "IBAN", "capitals", "NO00 0000 0000 000",
        "Norwegian bank account number as an IBAN, whose national check digit is verified too.",
        ("NO93 8601 1117 947",), ("NO92 8601 1117 947", "NO23 8601 1117 946"), ("checksum", "component", "length"),
        True, (),
    ),
    (
        "no.kontonr", "no-bank-account-number", "bank-account", "Kontonummer", "digits", "0000.00.00000",
        "Norwegian bank account number: ten digits and a check digit; four leading zeros of postal giro are dropped.",
        ("8601 11 17947", "0000.4090403"), ("8601 11 17949",), ("checksum", "length"), True, (),
    ),
    (
        "no.mva", "no-mva", "vat-number", "MVA-nummer", "capitals", "NO 000 000 000 MVA",
        "Norwegian VAT number: the number of the organisation and MVA, stored without NO.",
        ("NO 995 525 828 MVA",), ("NO 995 525 829 MVA",), ("checksum", "length"), True, ("no-vat-number",),
    ),
    (
        "no.orgnr", "no-orgnr", "organisation-id", "Organisasjonsnummer", "digits", "000 000 000",
        "Norwegian number of an organisation: nine digits, the last a check digit.",
        ("988 077 917",), ("988 077 918",), ("checksum", "length"), True, ("no-organisation-id",),
    ),
    (
        "nz.bankaccount", "nz-bank-account-number", "bank-account", "Bank account number", "digits",
        "00-0000-0000000-000",
        "New Zealand bank account number: bank, branch, account with a check sum, and suffix.",
        ("01-0242-0100194-00",), ("01-0242-0100195-00", "01-9999-0100197-00"), ("checksum", "component", "length"),
        True, (),
    ),
    (
        "nz.ird", "nz-ird", "tax-id", "IRD number", "digits", "",
        "New Zealand tax number: eight or nine digits, the last a check digit.",
        ("4909185-0", "NZ 49-098-576"), ("136410133", "9125568"), ("checksum", "component", "length"), True,
        ("nz-vat-number", "nz-tax-id"),
    ),
    (
        "pe.cui", "pe-cui", "national-id", "CUI", "capitals", "",
        "Number of the Peruvian identity document: eight digits and perhaps a check character.",
        ("10117410", "10117410-2"), ("10117410-3",), ("checksum", "length"), False, ("pe-national-id",),
    ),
    (
        "pe.ruc", "pe-ruc", "tax-id", "RUC", "digits", "",
        "Peruvian tax number: eleven digits, the last a check digit.",
        ("20512333797",), ("20512333798",), ("checksum", "component", "length"), False, ("pe-vat-number", "pe-tax-id"),
    ),
    (
        "pk.cnic", "pk-cnic", "national-id", "CNIC", "digits", "00000-0000000-0",
        "Pakistani identity card number: place, serial number and a digit for the sex.",
        ("34201-0891231-8", "42201-0397640-8"), ("34201-0891231-0",), ("component", "length"), True,
        ("pk-national-id",),
    ),
    (
        "pl.nip", "pl-nip", "tax-id", "NIP", "digits", "000-000-00-00",
        "Polish tax number: nine digits and a check digit, stored without PL.",
        ("PL 8567346215",), ("PL 8567346216",), ("checksum", "length"), True, ("pl-vat-number", "pl-tax-id"),
    ),
    (
        "pl.pesel", "pl-pesel", "national-id", "PESEL", "digits", "",
        "Polish population number: date of birth, serial number and check digit.",
        ("44051401359",), ("44051401358", "02381307589"), ("checksum", "component", "length"), False, (),
    ),
    (
        "pl.regon", "pl-regon", "organisation-id", "REGON", "digits", "",
        "Polish number of an organisation, nine digits, or of one of its units, 14, with a check digit.",
        ("192598184", "123456785"), ("192598183", "12345678612342"), ("checksum", "length"), False,
        ("pl-organisation-id",),
    ),
    (
        "pt.cc", "pt-cc", "national-id", "Cartão de cidadão", "capitals", "00000000 0 **0",
        "Number of the Portuguese citizen card: identity number with a check digit, version and another check digit.",
        ("00000000 0 ZZ4",), ("00000000 0 ZZ3", "00000000 A ZZ4"), ("checksum",), True, ("pt-national-id",),
    ),
    (
        "pt.nif", "pt-nif", "tax-id", "NIF", "digits", "",
        "Portuguese tax number: eight digits and a check digit, stored without PT.",
        ("PT 501 964 843",), ("PT 501 964 842",), ("checksum", "length"), False, ("pt-vat-number", "pt-tax-id"),
    ),
    (
        "py.ruc", "py-ruc", "tax-id", "RUC", "digits", "",
        "Paraguayan tax number: up to eight digits and a check digit.",
        ("80028061-0", "9991603"), ("800532492", "80123456789"), ("checksum", "length"), True,
        ("py-vat-number", "py-tax-id"),
    ),
    (
        "ro.cf", "ro-cf", "vat-number", "CF", "capitals", "",
        "Romanian VAT number: a company's fiscal code, or a personal code, with or without RO, as it is given.",
        ("RO 185 472 90", "185 472 90"), ("RO 185 472 91",), ("checksum", "component", "length"), False,
        ("ro-vat-number",),
    ),
    (
        "ro.cnp", "ro-cnp", "national-id", "CNP", "digits", "",
        "Romanian personal code: sex and century, date of birth, county, serial number and check digit.",
        ("1630615123457",), ("1630615123458", "0800101221142"), ("checksum", "component", "length"), False,
        ("ro-national-id",),
    ),
    (
        "ro.cui", "ro-cui", "organisation-id", "CUI", "digits", "",
        "Romanian fiscal code of an organisation: up to ten digits, the last a check digit, stored without RO.",
        ("185 472 90",), ("185 472 91",), ("checksum", "length"), False, (),
    ),
    (
        "ro.onrc", "ro-onrc", "organisation-id", "Număr ORC", "capitals", "",
        "Number in the Romanian trade register: kind, county, serial number and year, or the longer form since 2024.",
        ("J52/750/2012", "J2012000750528"), ("J2012000750529", "X52/750/2012"), ("checksum", "component", "length"),
        False, (),
    ),
    (
        "rs.pib", "rs-pib", "tax-id", "PIB", "digits", "",
        "Serbian tax number: eight digits and a check digit.",
        ("101134702",), ("101134703",), ("checksum", "length"), False, ("rs-vat-number", "rs-tax-id"),
    ),
    (
        "ru.inn", "ru-inn", "tax-id", "ИНН", "digits", "",
        "Russian tax number (INN): ten digits of an organisation, twelve of a person, with check digits.",
        ("123456789047", "1234567894"), ("123456789037", "1234567895"), ("checksum", "length"), False,
        ("ru-vat-number", "ru-tax-id"),
    ),
    (
        "ru.ogrn", "ru-ogrn", "organisation-id", "ОГРН", "digits", "",
        "Russian registration number (OGRN): 13 digits, or 15 of a sole trader, the last a check digit.",
        ("1022200525819", "385768585948949"), ("1022500001328",), ("checksum", "component", "length"), False,
        ("ru-organisation-id",),
    ),
    (
        "se.orgnr", "se-orgnr", "organisation-id", "Organisationsnummer", "digits", "000000-0000",
        "Swedish number of an organisation: nine digits and a check digit.",
        ("1234567897",), ("1234567891",), ("checksum", "length"), True, ("se-organisation-id",),
    ),
    (
        "se.personnummer", "se-personnummer", "national-id", "Personnummer", "", "",
        "Swedish personal number: date of birth, a sign for the century, serial number and check digit.",
        ("880320-0016",), ("880320-0018",), ("checksum", "component", "length"), True, ("se-national-id",),
    ),
    (
        "se.postnummer", "se-post-code", "post-code", "Postnummer", "post digits", "000 00",
        "Post code of Sweden: five digits, the first not 0, stored without the space.",
        ("114 18",), ("1145 18",), ("length",), True, (),
    ),
    (
        "se.vat", "se-vat-number", "vat-number", "Momsregistreringsnummer", "digits", "",
        "Swedish VAT number: the number of an organisation and 01, stored without SE.",
        ("SE 123456789701",), ("123456789101",), ("checksum", "length"), False, (),
    ),
    (
        "sg.uen", "sg-uen", "organisation-id", "UEN", "capitals", "",
        "Number of a Singapore entity: nine or ten characters, the last a check letter.",
        ("00192200M", "197401143C"), ("00192201M", "123456"), ("checksum", "component", "length"), True,
        ("sg-vat-number", "sg-organisation-id"),
    ),
    (
        "si.ddv", "si-ddv", "vat-number", "ID za DDV", "digits", "",
        "Slovenian tax and VAT number: seven digits and a check digit, stored without SI.",
        ("SI 5022 3054",), ("SI 50223055",), ("checksum", "length"), False, ("si-vat-number",),
    ),
    (
        "si.emso", "si-emso", "national-id", "EMŠO", "digits", "",
        "Slovenian unique master citizen number: date and region of birth, serial number and check digit.",
        ("0101006500006",), ("0101006500007",), ("checksum", "component", "length"), True, ("si-national-id",),
    ),
    (
        "si.maticna", "si-maticna", "organisation-id", "Matična številka", "capitals", "",
        "Slovenian number of an organisation, seven digits, or of one of its units, three characters more.",
        ("9331310000",), ("9331320000",), ("checksum", "length"), False, ("si-business-id", "si-organisation-id"),
    ),
    (
        "sk.dph", "sk-dph", "vat-number", "IČ DPH", "digits", "",
        "Slovak VAT number: ten digits that eleven divides, stored without SK.",
        ("SK 202 274 96 19",), ("SK 202 274 96 18",), ("checksum", "component", "length"), False, ("sk-vat-number",),
    ),
    (
        "sk.rc", "sk-rc", "national-id", "Rodné číslo", "digits", "",
        "Slovak birth number: date of birth, serial number and, since 1954, a check digit.",
        ("710319/2745", "991231123"), ("7103192746", "1103492745"), ("checksum", "component", "length"), True,
        ("sk-national-id",),
    ),
    (
        "sm.coe", "sm-coe", "tax-id", "COE", "digits", "",
        "San Marino number of an economic operator: up to five digits, stored without leading zeros.",
        ("51", "024165"), ("2416A", "1124165"), ("component", "length"), False, ("sm-vat-number", "sm-tax-id"),
    ),
    (
        "sn.ninea", "sn-ninea", "organisation-id", "NINEA", "capitals", "",
        "Senegalese number of a business or association: seven digits with a check digit, and perhaps a tax code.",
        ("306 7221", "30672212G2"), ("3067222", "1234567 0AZ"), ("checksum", "component", "length"), True,
        ("sn-vat-number", "sn-organisation-id"),
    ),
    (
        "sv.nit", "sv-nit", "tax-id", "NIT", "digits", "0000-000000-000-0",
        "Salvadoran tax number: place, date, serial number and check digit.",
        ("0614-050707-104-8",), ("0614-050707-104-0", "12345678"), ("checksum", "component", "length"), True,
        ("sv-vat-number", "sv-tax-id"),
    ),
    (
        "th.moa", "th-moa", "organisation-id", "Corporate tax number", "digits", "0-00-0-000-00000-0",
        "Thai registration number of a company: 13 digits that begin with 0, the last a check digit.",
        ("0994000617721",), ("0-99-4-000-61772-3",), ("checksum", "component", "length"), True,
        ("th-vat-number", "th-organisation-id"),
    ),
    (
        "th.pin", "th-pin", "national-id", "PIN", "digits", "0-0000-00000-00-0",
        "Thai identity number: twelve digits and a check digit.",
        ("3100600445635", "1-2345-45678-78-1"), ("1-2345-45678-78-9",), ("checksum", "component", "length"), True,
        ("th-national-id",),
    ),
    (
        "th.tin", "th-tin-number", "tax-id", "TIN", "digits", "",
        "Thai tax number: the identity number of a person or the registration number of a company.",
        ("1-2345-45678-78-1", "0-99-4-000-61772-1"), ("1234545678789",), ("checksum", "component", "length"), True,
        ("th-tax-id",),
    ),
    (
        "tn.mf", "tn-mf", "tax-id", "Matricule fiscal", "capitals", "",
        "Tunisian tax number: seven digits and a letter, and perhaps two letters and three digits.",
        ("1234567/M/A/E/001", "1282182 W"), ("1219773U", "1234567/M/A/X/000"), ("length",), True,
        ("tn-vat-number", "tn-tax-id"),
    ),
    (
        "tr.tckimlik", "tr-tckimlik", "national-id", "T.C. kimlik no.", "digits", "",
        "Turkish identity number: nine digits and two check digits.",
        ("17291716060",), ("17291716050", "07291716092"), ("checksum", "length"), False, ("tr-national-id",),
    ),
    (
        "tr.vkn", "tr-vkn", "tax-id", "VKN", "digits", "",
        "Turkish tax number of an organisation: nine digits and a check digit.",
        ("4540536920",), ("4540536921", "454053692"), ("checksum", "length"), False, ("tr-vat-number", "tr-tax-id"),
    ),
    (
        "tw.ubn", "tw-ubn", "organisation-id", "UBN", "digits", "",
        "Taiwanese number of a business: eight digits with a check sum.",
        ("00501503",), ("00501502", "12345"), ("checksum", "length"), True, ("tw-vat-number", "tw-organisation-id"),
    ),
    (
        "ua.edrpou", "ua-edrpou", "organisation-id", "ЄДРПОУ", "digits", "",
        "Ukrainian number of an organisation (EDRPOU): seven digits and a check digit.",
        ("32855961",), ("32855968", "12345"), ("checksum", "length"), True, ("ua-organisation-id",),
    ),
    (
        "ua.rntrc", "ua-rntrc", "tax-id", "РНОКПП", "digits", "",
        "Ukrainian number of a person as a taxpayer (RNTRC): nine digits and a check digit.",
        ("1759013776",), ("1759013770", "12345"), ("checksum", "length"), True, (),
    ),
    (
        "us.atin", "us-atin", "tax-id", "ATIN", "digits", "000-00-0000",
        "Tax number of the United States for a child whose adoption is pending: nine digits.",
        ("123-45-6789",), ("1234-56789",), (), True, (),
    ),
    (
        "us.ein", "us-ein", "organisation-id", "EIN", "digits", "00-0000000",
        "Number of an employer or other organisation in the United States: prefix of the issuer and seven digits.",
        ("91-1144442",), ("07-1144442", "911-14-4442"), ("component",), True, ("us-organisation-id",),
    ),
    (
        "us.itin", "us-itin", "tax-id", "ITIN", "digits", "000-00-0000",
        "Tax number of the United States for people who cannot get a Social Security number: begins with 9.",
        ("912-90-3456",), ("123-45-6789", "912-93-4567"), ("component",), True, (),
    ),
    (
        "us.ptin", "us-ptin", "tax-id", "PTIN", "capitals", "",
        "Number of a paid preparer of tax returns in the United States: P and eight digits.",
        ("P-00634642", "P01594846"), ("00634642",), (), False, (),
    ),
    (
        "us.rtn", "us-rtn", "bank-code", "Routing number", "digits", "",
        "Number of a bank in the United States for payments: eight digits and a check digit.",
        ("111000025",), ("112000025", "11100002B"), ("checksum", "length"), False, (),
    ),
    (
        "us.ssn", "us-ssn", "social-security-number", "SSN", "digits", "000-00-0000",
        "Social Security number of the United States: area, group and serial number.",
        ("536-90-4399",), ("666-00-0000", "078-05-1120"), ("component",), True, ("us-social-security-number",),
    ),
    (
        "us.tin", "us-tin-number", "tax-id", "TIN", "capitals", "",
        "Any tax number of the United States: SSN, ITIN, EIN, PTIN or ATIN.",
        ("123-45-6789", "04-2103594"), ("07-3456789",), ("component",), True, (),
    ),
    (
        "uy.rut", "uy-rut", "tax-id", "RUT", "digits", "00-000000-000-0",
        "Uruguayan tax number of an organisation: twelve digits, the last a check digit.",
        ("21-100342-001-7", "UY 21 140634 001 1"), ("210303670014", "12345678"), ("checksum", "component", "length"),
        True, ("uy-vat-number", "uy-tax-id"),
    ),
    (
        "vatin", "vatin", "vat-number", "VATIN", "capitals", "",
        "VAT number of any country whose numbers are known, stored with the country's prefix.",
        ("FR 40 303 265 045", "DE136,695 976"), ("FR 40 303 265 041", "XX"), ("checksum", "component", "length"), False,
        (),
    ),
    (
        "ve.rif", "ve-rif", "tax-id", "RIF", "capitals", "",
        "Venezuelan tax number: a letter for the kind of taxpayer, eight digits and a check digit.",
        ("V-11470283-4",), ("V-11470283-3",), ("checksum", "component", "length"), False,
        ("ve-vat-number", "ve-tax-id"),
    ),
    (
        "vn.mst", "vn-mst", "tax-id", "MST", "digits", "",
        "Vietnamese tax number: ten digits, the last a check digit, and three more of a branch.",
        ("0100233488", "0314409058-002"), ("0100233480", "12345"), ("checksum", "component", "length"), True,
        ("vn-vat-number", "vn-tax-id"),
    ),
    (
        "za.idnr", "za-idnr", "national-id", "ID number", "digits", "000000 0000 00 0",
        "South African identity number: date of birth, sex and serial number, citizenship and check digit.",
        ("7503305044089",), ("8503305044089", "9125568"), ("checksum", "component", "length"), True,
        ("za-national-id",),
    ),
    (
        "za.tin", "za-tin-number", "tax-id", "Tax reference number", "digits", "",
        "South African tax number: ten digits, the last a check digit.",
        ("0001339050",), ("2449/494/16/0", "9125568"), ("checksum", "component", "length"), True, ("za-tax-id",),
    ),
)
# fmt: on
