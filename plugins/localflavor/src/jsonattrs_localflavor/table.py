"""What there is: one row for each form field of django-localflavor. Data, and so longer than a module should be.

The columns of :data:`ROWS`:

1. name of the subtype; its first two letters are the country, save for those in :data:`GENERIC`
2. the form field, below the package ``localflavor``
3. kind
4. label
5. summary
6. examples
7. invalid examples
8. a regular expression that the whole of a clean value must match, written from the published form of the number. The
   field decides; this bounds what of its result may be stored, as some fields do not look at the end of a value
9. EXACT where every text of that form is a clean value, so that it is the subtype's ``pattern``; BOUND where the field
   asks for more, such as a check digit
10. problem codes besides those of every field
11. hints for forms

``tools/check_table.py`` compares this with the installed django-localflavor, and so does a test.
"""

from __future__ import annotations

from typing import Final, TypeAlias

__all__ = ["ALIASES", "CHOICES", "DISPLAYED", "GENERIC", "MASKS", "PRIORITIES", "ROWS", "SUGGESTIONS", "Row"]

Row: TypeAlias = tuple[
    str, str, str, str, str, tuple[str, ...], tuple[str, ...], str, bool, tuple[str, ...], dict[str, str]
]

EXACT: Final = True
BOUND: Final = False

NUMBER: Final = {"inputmode": "numeric"}
DIGITS_POST: Final = {"inputmode": "numeric", "autocomplete": "postal-code"}
LETTERS_POST: Final = {"autocomplete": "postal-code", "autocapitalize": "characters"}
PLAIN_POST: Final = {"autocomplete": "postal-code"}
CODE: Final = {"autocapitalize": "characters"}
TEXT: Final[dict[str, str]] = {}

#: Subtypes of no country.
GENERIC: Final = frozenset({"bic", "date", "date-time", "iban", "split-date-time"})

#: Who is not of the priority 50: here django-localflavor follows the issuer, and python-stdnum (80) is too lax.
PRIORITIES: Final = {"br-cpf": 90, "us-atin": 90, "us-tin-number": 90}

#: Other names: where nothing else of the country could be meant, and nobody's own name is taken.
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "ae-emirates-id": ("ae-national-id",),
    "br-state-choice": ("br-state",),
    "by-pass-id-number": ("by-national-id",),
    "by-pass-number": ("by-passport-number",),
    "eg-national-id-number": ("eg-national-id",),
    "ie-post-code": ("ie-eircode",),
    "ir-id-number": ("ir-national-id",),
    "kw-civil-id-number": ("kw-national-id",),
    "ma-cin-number": ("ma-national-id",),
    "mx-clabe": ("mx-bank-account-number",),
    "qa-national-id-number": ("qa-national-id",),
    "sg-nricfin": ("sg-national-id",),
    "us-post-code": ("us-zip-code",),
    "uy-ci": ("uy-national-id",),
}

#: Where the values are a list: what holds it, below the package ``localflavor``. Four of the fields (France, Morocco)
#: take any text, and leave the list to their widget.
CHOICES: Final = {
    "ae-emirate": "ae.ae_emirates:EMIRATE_CHOICES",
    "br-state-choice": "br.br_states:STATE_CHOICES",
    "ca-province": "ca.ca_provinces:PROVINCE_CHOICES",
    "cu-province": "cu.choices:PROVINCE_CHOICES",
    "cu-region": "cu.choices:REGION_CHOICES",
    "fr-department": "fr.fr_department:DEPARTMENT_CHOICES_PER_REGION",
    "fr-region": "fr.fr_region:REGION_2016_CHOICES",
    "in-state": "in_.in_states:STATE_CHOICES",
    "ma-province": "ma.ma_provinces:PROVINCE_CHOICES_PER_REGION",
    "ma-region": "ma.ma_regions:REGION_CHOICES",
    "qa-municipality": "qa.qa_municipalities:MUNICIPALITY_CHOICES",
    "ro-county": "ro.ro_counties:COUNTIES_CHOICES",
    "si-post-code": "si.si_postalcodes:SI_POSTALCODES_CHOICES",
    "us-state": "us.us_states:CONTIGUOUS_STATES",
}

#: The same where the list helps those who type, and the field decides.
SUGGESTIONS: Final = {"dk-post-code": "dk.dk_postalcodes:DK_POSTALCODES"}

#: Subtypes whose numbers people write otherwise than they are stored.
DISPLAYED: Final = frozenset(
    {
        "au-abn",
        "au-acn",
        "au-tfn",
        "br-cnpj",
        "br-cpf",
        "br-processo",
        "cz-rc",
        "de-identity-card-number",
        "es-ccc",
        "fr-siren",
        "fr-siret",
        "iban",
        "ie-post-code",
        "my-nric",
        "no-bank-account-number",
        "uy-ci",
    }
)

#: The form in which people write a number, where there is only one: 0 is a digit, a is a letter, * is either.
MASKS: Final = {
    "ae-emirates-id": "784-0000-0000000-0",
    "ar-cuit": "00-00000000-0",
    "at-vnr": "0000 000000",
    "au-abn": "00 000 000 000",
    "au-acn": "000 000 000",
    "br-cnpj": "**.***.***/****-00",
    "br-cpf": "000.000.000-00",
    "br-post-code": "00000-000",
    "br-processo": "0000000-00.0000.0.00.0000",
    "ca-post-code": "a0a 0a0",
    "ca-sin": "000-000-000",
    "ch-ssn": "756.0000.0000.00",
    "cz-post-code": "000 00",
    "es-ccc": "0000 0000 00 0000000000",
    "fr-siren": "000 000 000",
    "fr-siret": "000 000 000 00000",
    "id-nik": "00.0000.000000.0000",
    "ie-post-code": "a** ****",
    "in-aadhaar": "0000 0000 0000",
    "is-kennitala": "000000-0000",
    "jp-post-code": "000-0000",
    "lt-post-code": "LT-00000",
    "lv-personal-code": "000000-00000",
    "lv-post-code": "LV-0000",
    "mt-post-code": "aaa 0000",
    "my-nric": "000000-00-0000",
    "nl-post-code": "0000 aa",
    "no-bank-account-number": "0000.00.00000",
    "nz-bank-account-number": "00-0000-0000000-000",
    "pl-nip": "000-000-00-00",
    "pl-post-code": "00-000",
    "pt-cc": "00000000-0**0",
    "pt-post-code": "0000-000",
    "ru-alien-passport-number": "00 0000000",
    "ru-passport-number": "0000 000000",
    "se-post-code": "000 00",
    "sk-post-code": "000 00",
    "us-atin": "000-00-0000",
    "us-itin": "000-00-0000",
    "us-ssn": "000-00-0000",
    "us-tin-number": "000-00-0000",
}

# One row of four or five lines is easier to compare with its neighbours than one of twelve.
# fmt: off
ROWS: Final[tuple[Row, ...]] = (
    (
        "ae-emirates-id", "ae.forms:UAEEmiratesIDField", "national-id", "Emirates ID",
        "Number of the identity card of the United Arab Emirates: 784, four, seven and one digits.",
        ("784-2000-9876543-2", "784198412345671"), ("78419841234567", "123-1984-1234567-1"),
        "784-[0-9]{4}-[0-9]{7}-[0-9]", EXACT, (), NUMBER,
    ),
    (
        "ae-emirate", "ae.forms:UAEEmirateField", "subdivision", "Emirate",
        "One of the seven United Arab Emirates, given by code or name and stored as its two-letter code.",
        ("DU", "Dubai"), ("XX",),
        "", BOUND, (), TEXT,
    ),
    (
        "ae-post-code", "ae.forms:UAEPostalCodeField", "post-code", "Post code",
        (
            "Post code of the United Arab Emirates: 00000, which forms that insist on one are given, as the "
            "country has none."
        ),
        ("00000",), ("12345",),
        "00000", EXACT, (), DIGITS_POST,
    ),
    (
        "ae-po-box", "ae.forms:UAEPOBoxField", "po-box", "P.O. box",
        "Number of a post-office box in the United Arab Emirates, stored without the words around it.",
        ("12345", "P.O. Box 12345"), ("P.O. Box abc",),
        "[0-9]{1,10}", EXACT, (), NUMBER,
    ),
    (
        "ae-tax-registration-number", "ae.forms:UAETaxRegistrationNumberField", "tax-id", "TRN",
        "Tax registration number of the United Arab Emirates: 15 digits.",
        ("123456789012345", "123 456789012345"), ("12345678901234",),
        "[0-9]{15}", EXACT, (), NUMBER,
    ),
    (
        "ar-post-code", "ar.forms:ARPostalCodeField", "post-code", "Código postal",
        "Post code of Argentina: four digits, or the CPA of a letter, four digits and three letters.",
        ("C1064AAB", "4400"), ("C1064AB", "106AAB", "C1064A%B"),
        "[0-9]{4}|[A-HJ-NP-Z][0-9]{4}[A-Z]{3}", EXACT, ("min_length",), LETTERS_POST,
    ),
    (
        "ar-dni", "ar.forms:ARDNIField", "national-id", "DNI",
        "Number of the Argentine national identity document: seven or eight digits.",
        ("20123456", "20.123.456"), ("W0123456", "123456"),
        "[0-9]{7,8}", EXACT, ("min_length", "length"), NUMBER,
    ),
    (
        "ar-cuit", "ar.forms:ARCUITField", "tax-id", "CUIT",
        "Argentine tax number: the legal type, the number and a check digit.",
        ("20-10123456-9", "30011111110"), ("20-10123456-5", "11211111110"),
        "(20|23|24|27|30|33|34)-[0-9]{8}-[0-9]", BOUND, ("checksum", "component"), NUMBER,
    ),
    (
        "ar-cbu", "ar.forms:ARCBUField", "bank-account", "CBU",
        "Argentine bank account number: 22 digits, two of which are check digits.",
        ("7362966507842824472644",), ("7362966507842824472645", "12312452521512526125566"),
        "[0-9]{22}", BOUND, ("checksum", "length"), NUMBER,
    ),
    (
        "at-post-code", "at.forms:ATZipCodeField", "post-code", "Postleitzahl",
        "Post code of Austria: four digits, the first not 0.",
        ("4020",), ("0020", "111222"),
        "[1-9][0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "at-vnr", "at.forms:ATSocialSecurityNumberField", "social-security-number", "Versicherungsnummer",
        (
            "Austrian social security number: a serial number with its check digit, a space, and six digits that "
            "are mostly the date of birth."
        ),
        ("1237 010180",), ("1238 010180", "12370 010180", "1237 010180x"),
        "[1-9][0-9]{3} [0-9]{6}", BOUND, (), TEXT,
    ),
    (
        "au-post-code", "au.forms:AUPostCodeField", "post-code", "Postcode",
        "Post code of Australia: four digits.",
        ("4321",), ("20001", "432"),
        "[0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "au-abn", "au.forms:AUBusinessNumberField", "organisation-id", "ABN",
        "Australian Business Number: eleven digits with a check sum.",
        ("74457506140", "74 457 506 140"), ("74457506141", "5300A085616"),
        "[0-9]{11}", BOUND, (), NUMBER,
    ),
    (
        "au-acn", "au.forms:AUCompanyNumberField", "organisation-id", "ACN",
        "Australian Company Number: nine digits, the last a check digit.",
        ("604327504", "604 327 504"), ("604327505",),
        "[0-9]{9}", BOUND, (), NUMBER,
    ),
    (
        "au-tfn", "au.forms:AUTaxFileNumberField", "tax-id", "TFN",
        "Australian Tax File Number: eight or nine digits with a check sum.",
        ("123456782",), ("123456783", "12345678B"),
        "[0-9]{8,9}", BOUND, (), NUMBER,
    ),
    (
        "be-post-code", "be.forms:BEPostalCodeField", "post-code", "Post code",
        "Post code of Belgium: four digits, the first not 0.",
        ("2540",), ("0540", "14309", "35 74"),
        "[1-9][0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "br-post-code", "br.forms:BRZipCodeField", "post-code", "CEP",
        "Post code of Brazil: five digits, a hyphen and three digits.",
        ("12345-123",), ("1234-123", "12345-"),
        "[0-9]{5}-[0-9]{3}", EXACT, ("min_length",), PLAIN_POST,
    ),
    (
        "br-state-choice", "br.forms:BRStateChoiceField", "subdivision", "Estado",
        "A Brazilian state or the federal district, by its two letters.",
        ("SP", "AC"), ("XX",),
        "", BOUND, (), TEXT,
    ),
    (
        "br-cpf", "br.forms:BRCPFField", "national-id", "CPF",
        "Brazilian tax number of a person: nine digits and two check digits, stored without punctuation.",
        ("84828509895", "848.285.098-95"), ("111.111.111-11", "295.669.575-98", "375.788.573-XX"),
        "[0-9]{11}", BOUND, ("min_length", "length"), NUMBER,
    ),
    (
        "br-cnpj", "br.forms:BRCNPJField", "organisation-id", "CNPJ",
        (
            "Brazilian tax number of an organisation: twelve digits or letters and two check digits, stored without "
            "punctuation."
        ),
        ("64132916/0001-88", "64.132.916/0001-88"), ("64.132.916/0001-89", "12.345.678/9012-10"),
        "[0-9A-Z]{12}[0-9]{2}", BOUND, ("min_length",), CODE,
    ),
    (
        "br-processo", "br.forms:BRProcessoField", "court-case", "Número de processo",
        (
            "Number of a court case in Brazil: serial number, check digits, year, branch, court and place of origin; "
            "stored without punctuation."
        ),
        ("0002684-10.2012.8.21.0003",), ("0002684-11.2012.8.21.0003", "001375318201482100031111123"),
        "[0-9]{20}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "by-pass-number", "by.forms:BYPassNumberField", "passport", "Passport number",
        "Number of a Belarusian passport: two letters and seven digits.",
        ("BM7172588",), ("AM718", "B77172588"),
        "[A-Z]{2}[0-9]{7}", EXACT, (), CODE,
    ),
    (
        "by-pass-id-number", "by.forms:BYPassIdNumberField", "national-id", "Identification number",
        (
            "Personal identification number in a Belarusian passport: seven digits, a letter, three digits, two "
            "letters, a digit."
        ),
        ("2740876N066WP5", "3805227d281zr1"), ("14889119UR936Q",),
        "[0-9]{7}[A-Z][0-9]{3}[A-Z]{2}[0-9]", EXACT, (), CODE,
    ),
    (
        "by-post-code", "by.forms:BYPostalCodeField", "post-code", "Post code",
        "Post code of Belarus: six digits.",
        ("225440",), ("111222333", "22544"),
        "[0-9]{6}", EXACT, (), DIGITS_POST,
    ),
    (
        "ca-post-code", "ca.forms:CAPostalCodeField", "post-code", "Postal code",
        "Post code of Canada: a letter and a digit in turn, with a space in the middle.",
        ("T2S 2H7", "t2s2h7"), ("O2B 2R3", "A2I 2R3", "T2S 2H"),
        "[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]", EXACT, (), LETTERS_POST,
    ),
    (
        "ca-province", "ca.forms:CAProvinceField", "subdivision", "Province or territory",
        "A Canadian province or territory, given by code or name and stored as its two letters.",
        ("BC", "ontario"), ("T2S 2H7",),
        "", BOUND, (), TEXT,
    ),
    (
        "ca-sin", "ca.forms:CASocialInsuranceNumberField", "social-security-number", "SIN",
        "Canadian social insurance number: three groups of three digits, the last a check digit.",
        ("046-454-286",), ("046-454-287", "046-44-286"),
        "[0-9]{3}-[0-9]{3}-[0-9]{3}", BOUND, (), TEXT,
    ),
    (
        "ch-post-code", "ch.forms:CHZipCodeField", "post-code", "Postleitzahl",
        "Post code of Switzerland: four digits, the first not 0.",
        ("9999",), ("0999", "80 00"),
        "[1-9][0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "ch-identity-card-number", "ch.forms:CHIdentityCardNumberField", "national-id", "Identity card number",
        "Number of a Swiss identity card or passport with its check digit.",
        ("C1234567<0", "2123456700"), ("C1234567<1", "2123456701", "C123456770"),
        "[A-I][0-9]{7}<[0-9]|[0-9]{10}", BOUND, (), CODE,
    ),
    (
        "ch-ssn", "ch.forms:CHSocialSecurityNumberField", "social-security-number", "AHV-Nummer",
        (
            "Swiss social security number: 756, eight digits and the number's position, the last digit a check "
            "digit of EAN-13."
        ),
        ("756.1234.5678.97",), ("756.1234.5678.96", "756-1234.5678.97"),
        r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}", BOUND, (), TEXT,
    ),
    (
        "cl-rut", "cl.forms:CLRutField", "tax-id", "RUT",
        "Chilean tax and identity number: up to nine digits and a check character, stored with dots and a hyphen.",
        ("76.793.310-K", "11-6"), ("76.793.310-1", "111"),
        r"[0-9]{1,3}(\.[0-9]{3}){0,2}-[0-9K]", BOUND, ("checksum",), CODE,
    ),
    (
        "cn-post-code", "cn.forms:CNPostCodeField", "post-code", "Post code",
        "Post code of China: six digits.",
        ("100010",), ("09120", "1000100"),
        "[0-9]{6}", EXACT, (), DIGITS_POST,
    ),
    (
        "cn-ric", "cn.forms:CNIDCardField", "national-id", "Resident identity card number",
        (
            "Chinese resident identity card number: province, date of birth, serial number and, of the 18-digit "
            "form, a check character."
        ),
        ("11010519491231002X", "110101491001001"), ("110105194912310021", "010101491001001", "1010101010101010"),
        "[0-9]{15}|[0-9]{17}[0-9X]", BOUND, ("min_length", "checksum", "component"), CODE,
    ),
    (
        "co-nit", "co.forms:CONITField", "tax-id", "NIT",
        "Colombian tax number: five to twelve digits, a hyphen and a check digit.",
        ("79626331-8", "796273731"), ("37547837-5", "375478370-"),
        "[0-9]{5,12}-[0-9]", BOUND, ("checksum",), NUMBER,
    ),
    (
        "cu-region", "cu.forms:CURegionField", "subdivision", "Región",
        "A region of Cuba, given by code or name and stored as its three letters.",
        ("OCC", "occidental"), ("!!!",),
        "", BOUND, (), TEXT,
    ),
    (
        "cu-province", "cu.forms:CUProvinceField", "subdivision", "Provincia",
        "A province of Cuba, given by code or name and stored as its three letters.",
        ("PRI", "las villas"), ("invalid province",),
        "", BOUND, (), TEXT,
    ),
    (
        "cu-post-code", "cu.forms:CUPostalCodeField", "post-code", "Post code",
        "Post code of Cuba: five digits, the first not 0.",
        ("90100",), ("00200", "A451B"),
        "[1-9][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "cu-ni", "cu.forms:CUIdentityCardNumberField", "national-id", "Número de identidad",
        "Number of the Cuban identity card: the date of birth and five more digits.",
        ("45121201568",), ("45131201568", "0902152783"),
        "[0-9]{11}", BOUND, ("component",), NUMBER,
    ),
    (
        "cz-post-code", "cz.forms:CZPostalCodeField", "post-code", "PSČ",
        "Post code of Czechia: five digits, with or without a space after the third.",
        ("91909", "919 09"), ("84545x", "9190 9"),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "cz-rc", "cz.forms:CZBirthNumberField", "national-id", "Rodné číslo",
        "Czech birth number: date of birth, serial number and, since 1954, a check digit; stored without the slash.",
        ("882101/0011", "520110/000"), ("8805231239", "990101/0011", "880523000"),
        "[0-9]{9,10}", BOUND, (), NUMBER,
    ),
    (
        "cz-ic-number", "cz.forms:CZICNumberField", "organisation-id", "IČO",
        "Czech identification number of an organisation: seven digits and a check digit.",
        ("12345610",), ("12345660",),
        "[0-9]{8}", BOUND, (), NUMBER,
    ),
    (
        "de-post-code", "de.forms:DEZipCodeField", "post-code", "Postleitzahl",
        "Post code of Germany: five digits, of which the first two are not both 0.",
        ("99423",), ("00000", "9942"),
        "(0[1-9]|[1-9][0-9])[0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "de-identity-card-number", "de.forms:DEIdentityCardNumberField", "national-id", "Ausweisnummer",
        (
            "The machine-readable line of the German identity card issued until 2010, with its check digits, stored "
            "without punctuation."
        ),
        ("7549313035D-6004103-0903042-0",), ("7549313035D-6004103-0903042-1", "7549313035D-6004103-0903042"),
        "[0-9]{10}[A-Z]{1,3}[0-9]{15}", BOUND, (), CODE,
    ),
    (
        "dk-post-code", "dk.forms:DKPostalCodeField", "post-code", "Postnummer",
        "Post code of Denmark: four digits, or three in the Faroe Islands, one of those in use.",
        ("8000", "2100", "100"), ("9999", "12"),
        "[0-9]{3,4}", BOUND, (), DIGITS_POST,
    ),
    (
        "ee-post-code", "ee.forms:EEZipCodeField", "post-code", "Sihtnumber",
        "Post code of Estonia: five digits, the first not 0.",
        ("50090",), ("05009", "15I65"),
        "[1-9][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "ee-ik", "ee.forms:EEPersonalIdentificationCode", "national-id", "Isikukood",
        "Estonian personal code: century and sex, date of birth, serial number and check digit.",
        ("69912319998",), ("69912319997", "98765432100", "1234567890"),
        "[1-6][0-9]{10}", BOUND, (), NUMBER,
    ),
    (
        "ee-registrikood", "ee.forms:EEBusinessRegistryCode", "organisation-id", "Registrikood",
        "Estonian business registry code: seven digits and a check digit.",
        ("80053370",), ("80053371", "4329865"),
        "[1-9][0-9]{7}", BOUND, (), NUMBER,
    ),
    (
        "eg-national-id-number", "eg.forms:EGNationalIDNumberField", "national-id", "National ID number",
        "Egyptian national number: century, date of birth, governorate, serial number and check digit.",
        ("29602071300217",), ("49602071300217", "30000000000555", "29602074000217"),
        "[23][0-9]{13}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "es-post-code", "es.forms:ESPostalCodeField", "post-code", "Código postal",
        "Post code of Spain: five digits, of which the first two are the province, 01 to 52.",
        ("08028",), ("53001", "08A01", "08 01"),
        "(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "es-nif", "es.forms:ESIdentityCardNumberField", "tax-id", "NIF",
        "Spanish tax number of a citizen, a foreigner (NIE) or a company, with its check character.",
        ("78699688J", "y-4710494-q", "B38790911"), ("78699688K", "78699688-2", "X-03287690-T"),
        "[A-HJNP-SUVWX-Z]?[0-9]+[A-Z]?", BOUND, ("checksum",), CODE,
    ),
    (
        "es-ccc", "es.forms:ESCCCField", "bank-account", "CCC",
        "Spanish bank account number: bank, branch, two check digits and account, stored without spaces.",
        ("2077 0338 79 3100254321",), ("2077-0338-89-3100254321",),
        "[0-9]{20}", BOUND, ("checksum",), NUMBER,
    ),
    (
        "fi-post-code", "fi.forms:FIZipCodeField", "post-code", "Postinumero",
        "Post code of Finland: five digits.",
        ("20540",), ("20s40", "2054"),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "fi-hetu", "fi.forms:FISocialSecurityNumber", "national-id", "Henkilötunnus",
        "Finnish personal identity code: date of birth, a sign for the century, serial number and check character.",
        ("010101U0101", "010101X0101"), ("010101U0102", "10a010-0101", "101010b0101"),
        "[0-3][0-9][01][0-9]{3}[ABCDEFUVWXY+-][0-9]{3}[0-9A-FHJ-NPR-Y]", BOUND, (), CODE,
    ),
    (
        "fr-post-code", "fr.forms:FRZipCodeField", "post-code", "Code postal",
        "Post code of France: five digits.",
        ("93200",), ("2A200", "9320"),
        "[0-9]{5}", EXACT, ("min_length",), DIGITS_POST,
    ),
    (
        "fr-department", "fr.forms:FRDepartmentField", "subdivision", "Département",
        "A French department, by its number.",
        ("75", "2A"), ("Paris", "20", "999"),
        "", BOUND, (), TEXT,
    ),
    (
        "fr-region", "fr.forms:FRRegionField", "subdivision", "Région",
        "A French region, by its number; those that were merged in 2016 as well.",
        ("11", "44"), ("00", "Bretagne"),
        "", BOUND, (), TEXT,
    ),
    (
        "fr-nir", "fr.forms:FRNationalIdentificationNumber", "social-security-number", "NIR",
        "French social security number: sex, year and month of birth, place of birth, serial number and key.",
        ("869069913802253", "140200109002223"), ("869069813002229", "882062B09002279", "880062009002280"),
        "[1278][0-9]{4}([0-9]{2}|2[AB])[0-9]{8}", BOUND, ("checksum",), CODE,
    ),
    (
        "fr-siren", "fr.forms:FRSIRENField", "organisation-id", "SIREN",
        "French number of a company: nine digits, the last a check digit.",
        ("752932715", "752 932 715"), ("752932716", "35600000014597"),
        "[0-9]{9}", BOUND, (), NUMBER,
    ),
    (
        "fr-siret", "fr.forms:FRSIRETField", "organisation-id", "SIRET",
        "French number of a company's establishment: its SIREN and five more digits.",
        ("75293271500010", "752 932 715 00010"), ("75293271200017", "356000000145966"),
        "[0-9]{14}", BOUND, (), NUMBER,
    ),
    (
        "fr-rna", "fr.forms:FRRNAField", "organisation-id", "RNA",
        "French number of an association: W and nine digits.",
        ("W442010167",), ("5142010167", "W44201016"),
        "W[0-9]{9}", EXACT, (), CODE,
    ),
    (
        "gb-post-code", "gb.forms:GBPostcodeField", "post-code", "Postcode",
        "Post code of the United Kingdom: the outward code, a space and the inward code.",
        ("EC1A 1BB", "ec1a1bb", "GIR 0AA"), ("EC1A 1B", "QC1A 1BB", "EC1A 1CC", "b0gUS"),
        (
            "GIR 0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HIK-Y][0-9]([0-9]|[ABEHMNPRVWXY])?|"
            "[0-9][A-HJKSTUW]) [0-9][ABD-HJLNP-UW-Z]{2}"
        ), EXACT, (), LETTERS_POST,
    ),
    (
        "date", "generic.forms:DateField", "date", "Date",
        "A date written with the day before the month, in words, or as YYYY-MM-DD, and stored as YYYY-MM-DD.",
        ("2006-10-25", "25/10/2006", "25 October 2006"), ("2006-02-30", "10/25/2006"),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}", BOUND, (), TEXT,
    ),
    (
        "date-time", "generic.forms:DateTimeField", "date", "Date and time",
        (
            "A date with the day before the month and a time of day, stored as ISO 8601: local as written or, if "
            "an offset was written, in UTC."
        ),
        ("2006-10-25T14:30:59", "25/10/2006 14:30", "2006-10-25T14:30:59+07:00"),
        ("2006-02-30 14:30", "25/10/2006 25:00"),
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z?", BOUND, (), TEXT,
    ),
    (
        "split-date-time", "generic.forms:SplitDateTimeField", "date", "Date and time",
        "A date with the day before the month, a space and a time of day, stored as ISO 8601 without an offset.",
        ("2006-10-25T14:30:59", "25/10/2006 14:30"), ("2006-10-25", "25/10/2006 25:00"),
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?", BOUND, (), TEXT,
    ),
    (
        "iban", "generic.forms:IBANFormField", "iban", "IBAN",
        "International bank account number with its check digits, stored without separators.",
        ("GB82WEST12345698765432", "NL02-ABNA-0123-4567-89"), ("GB82WEST12345698765433", "NL91 ABNB 0417 1643 00"),
        "[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}", BOUND, (), CODE,
    ),
    (
        "bic", "generic.forms:BICFormField", "bic", "BIC",
        "Business identifier code (SWIFT code) of a bank: bank, country, place and perhaps branch.",
        ("UNCRIT2B912", "NEDSZAJJXXX"), ("NEDSXXJJXXX", "NEDSZAJJXX"),
        "[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", BOUND, (), CODE,
    ),
    (
        "gr-post-code", "gr.forms:GRPostalCodeField", "post-code", "Post code",
        "Post code of Greece: five digits, the first from 1 to 8.",
        ("85017",), ("94567", "04567"),
        "[1-8][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "gr-vat-number", "gr.forms:GRTaxNumberCodeField", "vat-number", "AFM",
        "Greek tax number: eight digits and a check digit.",
        ("090220804", "090051291"), ("123123123", "321000123", "d21000123"),
        "[0-9]{9}", BOUND, (), NUMBER,
    ),
    (
        "gr-amka", "gr.forms:GRSocialSecurityNumberCodeField", "social-security-number", "AMKA",
        "Greek social security number: date of birth, serial number and check digit.",
        ("14059202672",), ("14059202673", "ab345678901", "123"),
        "[0-9]{11}", BOUND, (), NUMBER,
    ),
    (
        "hr-jmbg", "hr.forms:HRJMBGField", "national-id", "JMBG",
        "Unique master citizen number as Croatia used it: date and region of birth, serial number and check digit.",
        ("2701984307107",), ("2701984307108", "ABCDEFG"),
        "[0-9]{13}", BOUND, ("component",), NUMBER,
    ),
    (
        "hr-oib", "hr.forms:HROIBField", "national-id", "OIB",
        "Croatian personal identification number: eleven digits, whose check digit is not looked at.",
        ("33392005961",), ("1234567890", "3339200596A"),
        "[0-9]{11}", EXACT, ("min_length",), NUMBER,
    ),
    (
        "hr-license-plate-number", "hr.forms:HRLicensePlateField", "licence-plate", "Registarska oznaka",
        "Croatian licence plate: the place, three or four digits, one or two letters.",
        ("ZG 1234-AA",), ("PV1234AA", "ZG 0000-AA", "ZG 12-AA"),
        "[A-ZČŠŽ]{2} [0-9]{3,4}-[A-PR-VZ]{1,2}", BOUND, ("component",), CODE,
    ),
    (
        "hr-post-code", "hr.forms:HRPostalCodeField", "post-code", "Poštanski broj",
        "Post code of Croatia: five digits from 10000 to 59999.",
        ("35410",), ("99999", "09999"),
        "[1-5][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "hr-jmbag", "hr.forms:HRJMBAGField", "student-id", "JMBAG",
        "Number on the card of a Croatian pupil or student: 19 digits that begin with 601983, the last a check digit.",
        ("6019831101301858564",), ("601983 11 0130185856 5", "6019830101301858564"),
        "601983[1-9]1[0-9]{11}", BOUND, ("component",), NUMBER,
    ),
    (
        "id-post-code", "id_.forms:IDPostCodeField", "post-code", "Kode pos",
        "Post code of Indonesia: five digits, 10110 or more; one that begins with 1 ends in 0.",
        ("12340", "40115"), ("12345", "10100", "123456"),
        "1([1-9][0-9]{2}|0[2-9][0-9]|01[1-9])0|[2-9][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "id-license-plate-number", "id_.forms:IDLicensePlateField", "licence-plate", "Nomor polisi",
        "Indonesian licence plate: the area, up to five digits, and letters or the number of a mission.",
        ("B 1234 ABC", "DK 12345 12", "CD 12 12"), ("A 12 XYZ", "CD 10 12", "foo"),
        "[A-Z]{1,2} [0-9]{1,5}( [A-Z]{1,3}| [1-9][0-9]{0,2})?", BOUND, (), CODE,
    ),
    (
        "id-nik", "id_.forms:IDNationalIdentityNumberField", "national-id", "NIK",
        "Indonesian population number: district, date of birth and serial number, stored with dots.",
        ("12.3456.010178.3456", "12.3456.410101.3456"), ("1234567890123456", "12.3456.310278.3456"),
        r"[0-9]{2}\.[0-9]{4}\.[0-9]{6}\.[0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "ie-post-code", "ie.forms:EircodeField", "post-code", "Eircode",
        "Post code of Ireland: the routing key and four characters, stored without the space.",
        ("F28E50F", "f28 e50f"), ("D4W 1234", "A 65 F4EI"),
        "(D6W|[AC-FHKNPRTV-Y][0-9]{2})[AC-FHKNPRTV-Y0-9]{4}", EXACT, (), LETTERS_POST,
    ),
    (
        "il-post-code", "il.forms:ILPostalCodeField", "post-code", "Post code",
        "Post code of Israel: seven digits, or the five of the older ones.",
        ("69973", "6997301"), ("123456", "84545x"),
        "[0-9]{5}|[0-9]{7}", EXACT, (), DIGITS_POST,
    ),
    (
        "il-idnr", "il.forms:ILIDNumberField", "national-id", "Mispar zehut",
        "Israeli identity number: up to nine digits, the last a check digit.",
        ("039337423", "03933742-3"), ("012346578", "0001"),
        "[0-9]{2,9}", BOUND, (), NUMBER,
    ),
    (
        "in-post-code", "in_.forms:INZipCodeField", "post-code", "PIN code",
        "Post code of India: six digits, with or without a space in the middle.",
        ("360311", "360 311"), ("36 0311", "360 31"),
        "[0-9]{6}", EXACT, (), DIGITS_POST,
    ),
    (
        "in-state", "in_.forms:INStateField", "subdivision", "State or union territory",
        "An Indian state or union territory, given by code or name and stored as two letters.",
        ("UP", "tamilnad", "delhi"), ("florida",),
        "", BOUND, (), TEXT,
    ),
    (
        "in-aadhaar", "in_.forms:INAadhaarNumberField", "national-id", "Aadhaar",
        "Indian identity number of twelve digits, whose check digit is not looked at; stored in groups of four.",
        ("3603-1178-8988",), ("0000 0000 0000", "18888 8882 8288", "9910 182"),
        "[0-9]{4} [0-9]{4} [0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "in-pan", "in_.forms:INPANCardNumberFormField", "tax-id", "PAN",
        (
            "Indian permanent account number of a taxpayer: five letters, the fourth of which tells what it is, "
            "four digits and a letter."
        ),
        ("ABHGA1234T", "UMZJB2318J"), ("ABHXA1234T", "BNZAA 23184", "4000"),
        "[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]", EXACT, (), CODE,
    ),
    (
        "ir-post-code", "ir.forms:IRPostalCodeField", "post-code", "Post code",
        "Post code of Iran: ten digits with none that is easily misread.",
        ("1619735744",), ("1496575465", "1111735744", "44455522"),
        "[13-9]{4}[1346-9][013-9]{5}", BOUND, (), DIGITS_POST,
    ),
    (
        "ir-id-number", "ir.forms:IRIDNumberField", "national-id", "Kod-e melli",
        "Iranian national number: nine digits and a check digit.",
        ("0492427259", "1362136042"), ("0566360272", "012346578-"),
        "[0-9]{10}", BOUND, (), NUMBER,
    ),
    (
        "is-kennitala", "is_.forms:ISIdNumberField", "national-id", "Kennitala",
        "Icelandic identity number: date of birth, a hyphen, serial number, check digit and century.",
        ("230880-3449", "2308803449"), ("230880-3459", "230880343"),
        "[0-9]{6}-[0-9]{4}", BOUND, ("min_length", "checksum"), NUMBER,
    ),
    (
        "it-post-code", "it.forms:ITZipCodeField", "post-code", "CAP",
        "Post code of Italy: five digits.",
        ("00100",), ("0010", "001000"),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "it-codicefiscale", "it.forms:ITSocialSecurityNumberField", "tax-id", "Codice fiscale",
        "Italian tax code: 16 characters of a person, eleven digits of an organisation, with a check character.",
        ("LBRRME11A01L736W", "07973780013"), ("LBRRME11A01L736X", "%BRRME11A01L736W"),
        "[A-Z0-9]{15}[A-Z]|[0-9]{11}", BOUND, (), CODE,
    ),
    (
        "it-iva", "it.forms:ITVatNumberField", "vat-number", "Partita IVA",
        "Italian VAT number: eleven digits, the last a check digit.",
        ("07973780013",), ("07973780014", "A7973780013"),
        "[0-9]{11}", BOUND, (), NUMBER,
    ),
    (
        "jp-post-code", "jp.forms:JPPostalCodeField", "post-code", "Post code",
        "Post code of Japan: seven digits, with or without a hyphen after the third.",
        ("2510032", "251-0032"), ("a51-0032", "25-10032"),
        "[0-9]{7}", EXACT, (), DIGITS_POST,
    ),
    (
        "kw-civil-id-number", "kw.forms:KWCivilIDNumberField", "national-id", "Civil ID number",
        "Kuwaiti civil number: century, date of birth, serial number and check digit.",
        ("304022600325",), ("304022600326", "486101911111", "2*9332013455"),
        "[123][0-9]{11}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "lk-post-code", "lk.forms:LKPostalCodeFormField", "post-code", "Post code",
        "Post code of Sri Lanka: five digits.",
        ("11111",), ("abc_den", "1111"),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "lt-asmens", "lt.forms:LTIDCodeField", "national-id", "Asmens kodas",
        "Lithuanian personal code: century and sex, date of birth, serial number and check digit.",
        ("35002125431",), ("33309240065", "50520150003", "80101017318"),
        "[1-6][0-9]{10}", BOUND, ("checksum", "component"), NUMBER,
    ),
    (
        "lt-post-code", "lt.forms:LTPostalCodeField", "post-code", "Pašto kodas",
        "Post code of Lithuania: LT, a hyphen and five digits.",
        ("LT-00000", "01100"), ("LT-0000", "000000"),
        "LT-[0-9]{5}", EXACT, (), LETTERS_POST,
    ),
    (
        "lv-post-code", "lv.forms:LVPostalCodeField", "post-code", "Pasta indekss",
        "Post code of Latvia: LV, a hyphen and four digits, the first from 1 to 5.",
        ("LV-5750", "lv - 5750"), ("LV-9999", "12345"),
        "LV-[1-5][0-9]{3}", EXACT, (), LETTERS_POST,
    ),
    (
        "lv-personal-code", "lv.forms:LVPersonalCodeField", "national-id", "Personas kods",
        "Latvian personal code: date of birth, a hyphen, century, serial number and check digit.",
        ("261155-10410",), ("261155-10411", "290214-21234", "26115510410"),
        "[0-9]{6}-[0-2][0-9]{4}", BOUND, (), TEXT,
    ),
    (
        "ma-post-code", "ma.forms:MAPostalCodeField", "post-code", "Post code",
        "Post code of Morocco: five digits.",
        ("11000",), ("1E510", "1100"),
        "[0-9]{5}", EXACT, ("min_length",), DIGITS_POST,
    ),
    (
        "ma-province", "ma.forms:MAProvinceField", "subdivision", "Province",
        "A Moroccan province or prefecture, by its number.",
        ("01",), ("Larache", "99"),
        "", BOUND, (), TEXT,
    ),
    (
        "ma-region", "ma.forms:MARegionField", "subdivision", "Région",
        "A Moroccan region, by its number.",
        ("06",), ("Casablanca", "13"),
        "", BOUND, (), TEXT,
    ),
    (
        "ma-cin-number", "ma.forms:MACinNumberField", "national-id", "CIN",
        "Number of the Moroccan identity card: one or two letters and digits, eight characters at most.",
        ("D3454673", "DR345"), ("DR034", "T"),
        "[A-Z][1-9][0-9]{0,6}|[A-Z]{2}[1-9][0-9]{0,5}", EXACT, ("min_length",), CODE,
    ),
    (
        "md-idno", "md.forms:MDIDNOField", "organisation-id", "IDNO",
        "Moldovan number of a company: 13 digits, whose check digit is not looked at.",
        ("1008600038413",), ("foo", "100860003841"),
        "[0-9]{13}", EXACT, (), NUMBER,
    ),
    (
        "md-license-plate-number", "md.forms:MDLicensePlateField", "licence-plate", "Licence plate",
        "Moldovan licence plate of the old or the new kind, or of an authority or mission.",
        ("K BC 123", "RM P 001", "MAI 1234"), ("KK BC 123", "KKBC 123"),
        (
            "[A-Z]{1,2} [A-Z]{2} [0-9]{1,3}|[A-Z]{3} [0-9]{1,3}|"
            "[A-Z]{2} ([A-Z] )?[0-9]{3}( A{1,2})?|[A-Z]{1,3} [0-9]{4}"
        ), BOUND, (), CODE,
    ),
    (
        "mk-identity-card-number", "mk.forms:MKIdentityCardNumberField", "national-id", "Identity card number",
        "Number of a North Macedonian identity card: a letter and seven digits, or four to seven digits.",
        ("A1234567", "1234"), ("abcdf", "A123456"),
        "[A-Z][0-9]{7}|[0-9]{4,7}", EXACT, (), CODE,
    ),
    (
        "mk-umcn", "mk.forms:UMCNField", "national-id", "UMCN",
        "Unique master citizen number of North Macedonia: date and region of birth, serial number and check digit.",
        ("2402983450006",), ("2402983450007", "2402982450006", "abcdefghj"),
        "[0-9]{13}", BOUND, ("checksum", "component"), NUMBER,
    ),
    (
        "mt-post-code", "mt.forms:MTPostalCodeField", "post-code", "Postcode",
        "Post code of Malta: three capital letters, a space and four digits.",
        ("VLT 1117", "AAA 0000"), ("VLT1117", "vlt 1117"),
        "[A-Z]{3} [0-9]{4}", EXACT, (), LETTERS_POST,
    ),
    (
        "mx-post-code", "mx.forms:MXZipCodeField", "post-code", "Código postal",
        "Post code of Mexico: five digits, of which the first two are the state.",
        ("58120",), ("17000", "19000"),
        "(0[1-9]|1[0-6]|[2-9][0-9])[0-9]{3}", EXACT, (), DIGITS_POST,
    ),
    (
        "mx-rfc", "mx.forms:MXRFCField", "tax-id", "RFC",
        (
            "Mexican tax number: letters of the name, date of birth or foundation, and three characters, the last "
            "a check digit."
        ),
        ("CAÑ0708045P7", "toma880125kv3"), ("CAÑ0708045P2", "XXX880230XXX", "HVA7810058F1"),
        "([A-Z&Ñ]{3}|[A-Z][AEIOU][A-Z]{2})[0-9]{6}[A-Z0-9]{2}[0-9A]", BOUND, ("min_length", "checksum"), CODE,
    ),
    (
        "mx-clabe", "mx.forms:MXCLABEField", "bank-account", "CLABE",
        "Mexican bank account number: bank, place and account, with a check digit at the end.",
        ("435816798316429530",), ("037027587179835981",),
        "[0-9]{18}", BOUND, ("min_length", "checksum"), NUMBER,
    ),
    (
        "mx-curp", "mx.forms:MXCURPField", "national-id", "CURP",
        "Mexican population number: letters of the name, date of birth, sex, state and a check digit.",
        ("OXCJ810522MQRYHL08", "MARR890512HMNRMN09"), ("BAAd890419HMNRRV08", "AAAA000000HDFCCC09"),
        "[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]", BOUND, ("min_length", "checksum"), CODE,
    ),
    (
        "mx-social-security-number", "mx.forms:MXSocialSecurityNumberField", "social-security-number", "NSS",
        "Mexican social security number: ten digits and a check digit.",
        ("53018000538",), ("53018522942", "173004K6925"),
        "[0-9]{11}", BOUND, ("min_length", "checksum"), NUMBER,
    ),
    (
        "my-nric", "my.forms:MyKadFormField", "national-id", "MyKad",
        "Malaysian identity card number: date of birth, place of birth and serial number, stored without hyphens.",
        ("900127-01-1234", "940731077891"), ("940827-94-1234", "940231-07-7891"),
        "[0-9]{12}", BOUND, (), NUMBER,
    ),
    (
        "nl-post-code", "nl.forms:NLZipCodeField", "post-code", "Postcode",
        "Post code of the Netherlands: four digits, the first not 0, a space and two letters.",
        ("1234 AB", "1234ab"), ("0123AB", "1234ABC"),
        "[1-9][0-9]{3} [A-Z]{2}", EXACT, (), LETTERS_POST,
    ),
    (
        "nl-bsn", "nl.forms:NLBSNFormField", "national-id", "BSN",
        "Dutch citizen service number: nine digits with a check sum.",
        ("111222333",), ("111222334", "foo"),
        "[0-9]{9}", BOUND, (), NUMBER,
    ),
    (
        "nl-license-plate-number", "nl.forms:NLLicensePlateFormField", "licence-plate", "Kenteken",
        "Dutch licence plate: three groups of digits and letters with hyphens between them.",
        ("12-AAA-1", "12-AB-34"), ("AAA-AA-1", "12AB34"),
        "[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}|CDJ-[0-9]{3}", BOUND, (), CODE,
    ),
    (
        "no-post-code", "no.forms:NOZipCodeField", "post-code", "Postnummer",
        "Post code of Norway: four digits.",
        ("1234",), ("12345",),
        "[0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "no-fodselsnummer", "no.forms:NOSocialSecurityNumber", "national-id", "Fødselsnummer",
        "Norwegian identity number: date of birth, serial number and two check digits.",
        ("12031398876",), ("12031398886", "12"),
        "[0-9]{11}", BOUND, (), NUMBER,
    ),
    (
        "no-bank-account-number", "no.forms:NOBankAccountNumber", "bank-account", "Kontonummer",
        "Norwegian bank account number: ten digits and a check digit, stored without dots.",
        ("63450620027", "6345.06.20027"), ("1111.00.22228", "1111a00b22222"),
        "[0-9]{11}", BOUND, ("checksum", "length"), NUMBER,
    ),
    (
        "np-post-code", "np.forms:NPPostalCodeFormField", "post-code", "Post code",
        "Post code of Nepal: five digits.",
        ("12345",), ("1234-123",),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "nz-post-code", "nz.forms:NZPostCodeField", "post-code", "Postcode",
        "Post code of New Zealand: four digits.",
        ("7645",), ("12345",),
        "[0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "nz-bank-account-number", "nz.forms:NZBankAccountNumberField", "bank-account", "Bank account number",
        "New Zealand bank account number: bank, branch, account and suffix, whose check sum is not looked at.",
        ("01-1234-1234567-123", "0112341234567123"), ("01-123-1234567-1",),
        "[0-9]{2}-[0-9]{4}-[0-9]{7}-[0-9]{3}", EXACT, (), NUMBER,
    ),
    (
        "pe-cui", "pe.forms:PEDNIField", "national-id", "DNI",
        "Number of the Peruvian identity document: eight digits.",
        ("10117410",), ("1011741", "1011741K"),
        "[0-9]{8}", EXACT, ("min_length",), NUMBER,
    ),
    (
        "pe-ruc", "pe.forms:PERUCField", "tax-id", "RUC",
        "Peruvian tax number: eleven digits, whose check digit is not looked at.",
        ("20512333797",), ("2051233379", "2051233379X"),
        "[0-9]{11}", EXACT, ("min_length",), NUMBER,
    ),
    (
        "pk-post-code", "pk.forms:PKPostCodeField", "post-code", "Post code",
        "Post code of Pakistan: five digits.",
        ("44000",), ("1234",),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "pl-pesel", "pl.forms:PLPESELField", "national-id", "PESEL",
        "Polish population number: date of birth, serial number and check digit.",
        ("80071610614",), ("80071610615", "800716106AA"),
        "[0-9]{11}", BOUND, ("checksum", "component"), NUMBER,
    ),
    (
        "pl-national-id-card-number", "pl.forms:PLNationalIDCardNumberField", "national-id", "Numer dowodu osobistego",
        "Number of a Polish identity card: three letters and six digits, the first a check digit.",
        ("ABC123458", "abc123458"), ("ABC123457",),
        "[A-Z]{3}[0-9]{6}", BOUND, ("checksum",), CODE,
    ),
    (
        "pl-nip", "pl.forms:PLNIPField", "tax-id", "NIP",
        "Polish tax number: nine digits and a check digit, stored without hyphens.",
        ("6462414124", "646-241-41-24"), ("6462414125", "43-343-234-323"),
        "[0-9]{10}", BOUND, ("checksum",), NUMBER,
    ),
    (
        "pl-regon", "pl.forms:PLREGONField", "organisation-id", "REGON",
        "Polish number of an organisation, nine digits, or of one of its units, 14, with a check digit.",
        ("391023200", "00202110146340"), ("590096453", "12345678412342"),
        "[0-9]{9}|[0-9]{14}", BOUND, ("checksum",), NUMBER,
    ),
    (
        "pl-post-code", "pl.forms:PLPostalCodeField", "post-code", "Kod pocztowy",
        "Post code of Poland: two digits, a hyphen and three digits.",
        ("41-403",), ("43--434", "41403"),
        "[0-9]{2}-[0-9]{3}", EXACT, (), PLAIN_POST,
    ),
    (
        "pt-cc", "pt.forms:PTCitizenCardNumberField", "national-id", "Cartão de cidadão",
        (
            "Number of the Portuguese citizen card: eight digits, a hyphen, a check digit, the version and "
            "another check digit."
        ),
        ("13201144-1ZZ8", "129463833ZY7"), ("13201144-1ZZ7", "12946383"),
        "[0-9]{8}-[0-9][A-Z0-9]{2}[0-9]", BOUND, ("checksum",), CODE,
    ),
    (
        "pt-social-security-number", "pt.forms:PTSocialSecurityNumberField", "social-security-number", "NISS",
        "Portuguese social security number: eleven digits that begin with 1 or 2, the last a check digit.",
        ("10000000000",), ("12347312892", "01467822673"),
        "[12][0-9]{10}", BOUND, ("checksum",), NUMBER,
    ),
    (
        "pt-post-code", "pt.forms:PTZipCodeField", "post-code", "Código postal",
        "Post code of Portugal: four digits, the first not 0, a hyphen and three digits.",
        ("3030-034",), ("980001", "0303-034"),
        "[1-9][0-9]{3}-[0-9]{3}", EXACT, (), PLAIN_POST,
    ),
    (
        "qa-national-id-number", "qa.forms:QANationalIDNumberField", "national-id", "National ID number",
        "Qatari identity number: century and year of birth, country and serial number.",
        ("30363412345",), ("40363412345", "30300012345", "3036341234"),
        "[23][0-9]{10}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "qa-municipality", "qa.forms:QAMunicipalityField", "subdivision", "Municipality",
        "A municipality of Qatar, given by code or name, in English or Arabic, and stored as its two letters.",
        ("DA", "doha", "الدوحة"), ("Cairo",),
        "", BOUND, (), TEXT,
    ),
    (
        "ro-cui", "ro.forms:ROCIFField", "organisation-id", "CIF",
        "Romanian fiscal code of an organisation: up to ten digits, the last a check digit, stored without RO.",
        ("21694681", "RO21694681"), ("21694680", "185 472 90"),
        "[0-9]{2,10}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "ro-cnp", "ro.forms:ROCNPField", "national-id", "CNP",
        "Romanian personal code: sex and century, date of birth, county, serial number and check digit.",
        ("1981211204489",), ("1981211204488", "9981211204489", "9981211209"),
        "[1-9][0-9]{12}", BOUND, ("min_length",), NUMBER,
    ),
    (
        "ro-county", "ro.forms:ROCountyField", "subdivision", "Județ",
        (
            "A Romanian county or Bucharest, given by name with its diacritics or by the letters of its licence "
            "plates, and stored as these."
        ),
        ("CJ", "Argeș"), ("Arges",),
        "", BOUND, (), TEXT,
    ),
    (
        "ro-post-code", "ro.forms:ROPostalCodeField", "post-code", "Cod poștal",
        "Post code of Romania: six digits, the second not 9.",
        ("400473",), ("490473", "40047"),
        "[0-9][0-8][0-9]{4}", EXACT, ("min_length",), DIGITS_POST,
    ),
    (
        "ru-post-code", "ru.forms:RUPostalCodeField", "post-code", "Post code",
        "Post code of Russia: six digits.",
        ("123456",), ("12345",),
        "[0-9]{6}", EXACT, (), DIGITS_POST,
    ),
    (
        "ru-passport-number", "ru.forms:RUPassportNumberField", "passport", "Internal passport number",
        "Number of a Russian internal passport: four digits, a space and six digits.",
        ("1981 211204",), ("9981211201",),
        "[0-9]{4} [0-9]{6}", EXACT, (), TEXT,
    ),
    (
        "ru-alien-passport-number", "ru.forms:RUAlienPassportNumberField", "passport", "Foreign passport number",
        "Number of a Russian passport for travel abroad: two digits, a space and seven digits.",
        ("03 0567876",), ("99 812112",),
        "[0-9]{2} [0-9]{7}", EXACT, (), TEXT,
    ),
    (
        "se-orgnr", "se.forms:SEOrganisationNumberField", "organisation-id", "Organisationsnummer",
        (
            "Swedish number of an organisation, ten digits, or the personal number of a sole trader, twelve; the "
            "last is a check digit."
        ),
        ("2120000449", "870512-1989"), ("2120000441", "950231-4496"),
        "[0-9]{10}|[0-9]{12}", BOUND, (), NUMBER,
    ),
    (
        "se-personnummer", "se.forms:SEPersonalIdentityNumberField", "national-id", "Personnummer",
        "Swedish personal or co-ordination number: date of birth with century, serial number and check digit.",
        ("198705121989", "870512-1989"), ("198705121988", "950231-4496", "19901129T003"),
        "[0-9]{12}", BOUND, (), NUMBER,
    ),
    (
        "se-post-code", "se.forms:SEPostalCodeField", "post-code", "Postnummer",
        "Post code of Sweden: five digits, the first not 0, stored without the space.",
        ("58937", "589 37"), ("01234",),
        "[1-9][0-9]{4}", EXACT, (), DIGITS_POST,
    ),
    (
        "sg-post-code", "sg.forms:SGPostCodeField", "post-code", "Post code",
        "Post code of Singapore: six digits.",
        ("247964",), ("e23fee",),
        "[0-9]{6}", EXACT, (), DIGITS_POST,
    ),
    (
        "sg-nricfin", "sg.forms:SGNRICFINField", "national-id", "NRIC/FIN",
        "Number of a Singapore identity card or of a foreigner: a letter, seven digits and a check letter.",
        ("S8776318H", "T1399266A"), ("T4461323J", "A2119569M"),
        "[SFTG][0-9]{7}[A-Z]", BOUND, (), CODE,
    ),
    (
        "si-emso", "si.forms:SIEMSOField", "national-id", "EMŠO",
        "Slovenian unique master citizen number: date and region of birth, serial number and check digit.",
        ("2309002500068", "0205951500462"), ("0205951500463", "2020095500070"),
        "[0-9]{13}", BOUND, ("checksum", "component"), NUMBER,
    ),
    (
        "si-ddv", "si.forms:SITaxNumberField", "vat-number", "Davčna številka",
        "Slovenian tax number: seven digits and a check digit, stored without SI.",
        ("15012557", "SI15012557"), ("15012558", "1501123123123"),
        "[1-9][0-9]{7}", BOUND, (), NUMBER,
    ),
    (
        "si-post-code", "si.forms:SIPostalCodeField", "post-code", "Poštna številka",
        "Post code of Slovenia: four digits, one of those in use.",
        ("1000",), ("1999", "111"),
        "", BOUND, (), TEXT,
    ),
    (
        "sk-post-code", "sk.forms:SKPostalCodeField", "post-code", "PSČ",
        "Post code of Slovakia: five digits, with or without a space after the third.",
        ("91909", "919 09"), ("84545x",),
        "[0-9]{5}", EXACT, (), DIGITS_POST,
    ),
    (
        "tr-post-code", "tr.forms:TRPostalCodeField", "post-code", "Posta kodu",
        "Post code of Türkiye: five digits, of which the first two are the province, 01 to 81.",
        ("12345",), ("82000", "a1234", "12 34"),
        "(0[1-9]|[1-7][0-9]|8[01])[0-9]{3}", EXACT, ("min_length",), DIGITS_POST,
    ),
    (
        "tr-tckimlik", "tr.forms:TRIdentificationNumberField", "national-id", "T.C. kimlik no.",
        "Turkish identification number: nine digits and two check digits.",
        ("10000000146",), ("10000000136", "x0000000146", "1000000014"),
        "[1-9][0-9]{10}", BOUND, ("length",), NUMBER,
    ),
    (
        "ua-vat-number", "ua.forms:UAVatNumberField", "tax-id", "RNOKPP",
        "Ukrainian registration number of a taxpayer: ten digits, whose check digit is not looked at.",
        ("1111111111",), ("98765432100", "111111111"),
        "[0-9]{10}", EXACT, ("min_length",), NUMBER,
    ),
    (
        "ua-post-code", "ua.forms:UAPostalCodeField", "post-code", "Post code",
        "Post code of Ukraine: five digits, of which the first two are not both 0.",
        ("76000",), ("00600", "abcde"),
        "(0[1-9]|[1-9][0-9])[0-9]{3}", EXACT, ("min_length",), DIGITS_POST,
    ),
    (
        "us-post-code", "us.forms:USZipCodeField", "post-code", "ZIP code",
        "Post code of the United States: five digits, and perhaps a hyphen and four more.",
        ("60606-1234", "04000"), ("4000", "60606-123"),
        "[0-9]{5}(-[0-9]{4})?", EXACT, (), PLAIN_POST,
    ),
    (
        "us-ssn", "us.forms:USSocialSecurityNumberField", "social-security-number", "SSN",
        "Social Security number of the United States: area, group and serial number, stored with hyphens.",
        ("123-45-6789", "536904399"), ("999987652", "078-05-1120", "666-45-6789"),
        "[0-9]{3}-[0-9]{2}-[0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "us-itin", "us.forms:USIndividualTaxpayerIdentificationNumberField", "tax-id", "ITIN",
        (
            "Tax number of the United States for people without a Social Security number: begins with 9, groups "
            "of its own."
        ),
        ("900-70-5678", "950-99-1234"), ("900-93-1234", "900-00-1234", "123-70-1234"),
        "9[0-9]{2}-[0-9]{2}-[0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "us-atin", "us.forms:USAdoptionTaxpayerIdentificationNumberField", "tax-id", "ATIN",
        "Tax number of the United States for a child whose adoption is pending: begins with 9, group 93.",
        ("912-93-5678",), ("123-93-1234", "900-70-1234"),
        "9[0-9]{2}-93-[0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "us-tin-number", "us.forms:USTaxpayerIdentificationNumberField", "tax-id", "TIN",
        "Tax number of a person in the United States: a Social Security number, ITIN or ATIN.",
        ("900-93-1234", "123-45-6789"), ("000-45-6789", "123-45-0000", "078-05-1120"),
        "[0-9]{3}-[0-9]{2}-[0-9]{4}", BOUND, (), NUMBER,
    ),
    (
        "us-state", "us.forms:USStateField", "subdivision", "State",
        (
            "A state, territory or military mail region of the United States, or a freely associated state, given "
            "by code or name and stored as its two letters."
        ),
        ("IL", "illinois"), ("XX",),
        "", BOUND, (), TEXT,
    ),
    (
        "uy-ci", "uy.forms:UYCIField", "national-id", "Cédula de identidad",
        "Number of the Uruguayan identity card: six or seven digits and a check digit, stored without punctuation.",
        ("1005411-2", "1.005.411-2", "4098053"), ("1.005.411-5", "1005411-2x"),
        "[0-9]{7}|[1-9][0-9]{7}", BOUND, ("checksum",), NUMBER,
    ),
    (
        "za-idnr", "za.forms:ZAIDField", "national-id", "ID number",
        "South African identity number: date of birth, sex and serial number, citizenship and check digit.",
        ("0002290001003", "000229 0001 003"), ("0002290001004", "75033050440891"),
        "[0-9]{13}", BOUND, ("length",), NUMBER,
    ),
    (
        "za-post-code", "za.forms:ZAPostCodeField", "post-code", "Postal code",
        "Post code of South Africa: four digits.",
        ("0270",), ("abcd", "02700"),
        "[0-9]{4}", EXACT, (), DIGITS_POST,
    ),
)
