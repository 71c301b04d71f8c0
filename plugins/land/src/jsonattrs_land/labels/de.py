"""The labels in German, by list and code. They are ours; the codes are those of the sources."""

from __future__ import annotations

__all__ = [
    "ADMINISTRATIVE_SOURCE",
    "AREA",
    "BAUNIT",
    "BUILDING_UNIT",
    "DIMENSION",
    "GROUP_PARTY",
    "LAND_USE",
    "MONUMENTATION",
    "MORTGAGE",
    "PARTY",
    "PARTY_ROLE",
    "RESPONSIBILITY",
    "RESTRICTION",
    "SPATIAL_SOURCE",
    "SURFACE_RELATION",
    "TENURE",
]

TENURE = {
    "agriActivity": "Landwirtschaftliche Tätigkeit",
    "commonOwnership": "Gemeinschaftliches Eigentum",
    "customaryType": "Gewohnheitsrecht",
    "firewood": "Sammeln von Brennholz",
    "fishing": "Fischerei",
    "grazing": "Beweidung",
    "informalOccupation": "Informelle Inbesitznahme",
    "lease": "Pacht",
    "occupation": "Inbesitznahme",
    "ownership": "Eigentum",
    "ownershipAssumed": "Vermutetes Eigentum",
    "superficies": "Erbbaurecht",
    "tenancy": "Miete",
    "usufruct": "Nießbrauch",
    "waterrights": "Wasserrechte",
    "apartment": "Wohnungseigentum",
    "lifeEstate": "Recht auf Lebenszeit",
    "stateOwnership": "Staatseigentum",
    "carbonRights": "Kohlenstoffrechte",
    "concession": "Konzession",
    "easement": "Dienstbarkeit",
    "equitableServitude": "Vertragliche Nutzungsbeschränkung",
    "freehold": "Volleigentum",
    "huntingFishingHarvest": "Jagd-, Fischerei- und Sammelrechte",
    "indigenousLandRights": "Landrechte indigener Völker",
    "jointTenancy": "Gesamthandseigentum",
    "leasehold": "Erbpacht",
    "longTermLeasehold": "Langfristige Erbpacht",
    "mineralRights": "Abbaurechte",
    "tenancyInCommon": "Bruchteilseigentum",
    "undividedCoOwnership": "Ungeteiltes Miteigentum",
}

RESTRICTION = {
    "adminPublicServitude": "Öffentliche Dienstbarkeit",
    "monument": "Denkmal",
    "monumentPartly": "Denkmal in Teilen",
    "noBuilding": "Bauverbot",
    "servitude": "Dienstbarkeit",
    "servitudePartly": "Dienstbarkeit an einem Teil",
    "caveat": "Widerspruchsvermerk",
    "historicPreservation": "Denkmalschutz",
    "limitedAccess": "Beschränkter Zugang",
    "mortgage": "Hypothek",
}

RESPONSIBILITY = {
    "monumentMaintenance": "Unterhaltung eines Denkmals",
    "waterwayMaintenance": "Unterhaltung eines Wasserlaufs",
}

MORTGAGE = {
    "levelPayment": "Gleichbleibende Raten",
    "linear": "Lineare Tilgung",
    "microCredit": "Mikrokredit",
}

BAUNIT = {
    "basicPropertyUnit": "Eigentumseinheit",
    "leasedUnit": "Verpachtete Einheit",
    "rightOfUseUnit": "Einheit eines Nutzungsrechts",
    "administrativeUnit": "Verwaltungseinheit",
    "propertyRightUnit": "Einheit eines Eigentumsrechts",
}

ADMINISTRATIVE_SOURCE = {
    "agriConsent": "Landwirtschaftliche Zustimmung",
    "agriLease": "Landpachtvertrag",
    "agriNotaryStatement": "Notarielle Erklärung zur Landwirtschaft",
    "deed": "Urkunde",
    "mortgage": "Hypothekenurkunde",
    "title": "Eigentumstitel",
    "agreement": "Vereinbarung",
    "cadastralMap": "Katasterkarte",
    "cadastralSurvey": "Katastervermessung",
    "contractForSale": "Kaufvertrag",
    "courtOrder": "Gerichtsbeschluss",
    "lease": "Pachtvertrag",
    "powerOfAttorney": "Vollmacht",
    "proclamation": "Bekanntmachung",
    "will": "Testament",
}

PARTY = {
    "baunit": "Administrative Grundeinheit",
    "group": "Gruppe",
    "naturalPerson": "Natürliche Person",
    "nonNaturalPerson": "Juristische Person",
}

GROUP_PARTY = {
    "association": "Vereinigung",
    "baunitGroup": "Gruppe administrativer Grundeinheiten",
    "family": "Familie",
    "tribe": "Stamm",
}

PARTY_ROLE = {
    "bank": "Bank",
    "certifiedSurveyor": "Zugelassene Vermessungsfachkraft",
    "citizen": "Bürgerin oder Bürger",
    "conveyancer": "Übertragende Stelle",
    "employee": "Beschäftigte Person",
    "farmer": "Landwirtin oder Landwirt",
    "moneyProvider": "Geldgeber",
    "notary": "Notariat",
    "stateAdministrator": "Staatliche Verwaltung",
    "surveyor": "Vermessungsfachkraft",
    "writer": "Verfasserin oder Verfasser",
}

SURFACE_RELATION = {
    "above": "Über der Oberfläche",
    "below": "Unter der Oberfläche",
    "mixed": "Gemischt",
    "onSurface": "An der Oberfläche",
}

DIMENSION = {
    "0D": "Punkt",
    "1D": "Linie",
    "2D": "Fläche",
    "3D": "Volumen",
    "liminal": "Zwischen Fläche und Volumen",
}

BUILDING_UNIT = {
    "individual": "Individuell",
    "shared": "Gemeinschaftlich",
}

AREA = {
    "calculatedArea": "Berechnete Fläche",
    "nonOfficialArea": "Nichtamtliche Fläche",
    "officialArea": "Amtliche Fläche",
    "surveyedArea": "Vermessene Fläche",
}

SPATIAL_SOURCE = {
    "fieldSketch": "Feldskizze",
    "gnssSurvey": "GNSS-Vermessung (GPS)",
    "orthoPhoto": "Orthofoto",
    "relativeMeasurement": "Relative Messung",
    "topoMap": "Topographische Karte",
    "video": "Video",
    "cadastralSurvey": "Katastervermessung",
}

MONUMENTATION = {
    "beacon": "Bake",
    "cornerstone": "Grenzstein",
    "marker": "Markierung",
    "notMarked": "Nicht markiert",
}

LAND_USE = {
    "1_PrimaryProduction": "Primärproduktion",
    "1_1_Agriculture": "Landwirtschaft",
    "1_1_1_CommercialAgriculturalProduction": "Gewerbliche landwirtschaftliche Produktion",
    "1_1_2_FarmingInfrastructure": "Landwirtschaftliche Infrastruktur",
    "1_1_3_AgriculturalProductionForOwnConsumption": "Landwirtschaft für den Eigenbedarf",
    "1_2_Forestry": "Forstwirtschaft",
    "1_2_1_ForestryBasedOnShortRotation": "Forstwirtschaft mit kurzem Umtrieb",
    "1_2_2_ForestryBasedOnIntermediateOrLongRotation": "Forstwirtschaft mit mittlerem oder langem Umtrieb",
    "1_2_3_ForestryBasedOnContinuousCover": "Dauerwaldbewirtschaftung",
    "1_3_MiningAndQuarrying": "Bergbau und Gewinnung von Steinen und Erden",
    "1_3_1_MiningOfEnergyProducingMaterials": "Abbau von Energierohstoffen",
    "1_3_2_MiningOfMetalOres": "Erzbergbau",
    "1_3_3_OtherMiningAndQuarrying": "Sonstiger Bergbau und sonstige Gewinnung",
    "1_4_AquacultureAndFishing": "Aquakultur und Fischerei",
    "1_4_1_Aquaculture": "Aquakultur",
    "1_4_2_ProfessionalFishing": "Berufsfischerei",
    "1_5_OtherPrimaryProduction": "Sonstige Primärproduktion",
    "1_5_1_Hunting": "Jagd",
    "1_5_2_ManagementOfMigratoryAnimals": "Haltung wandernder Tiere",
    "1_5_3_PickingOfNaturalProducts": "Sammeln von Naturprodukten",
    "2_SecondaryProduction": "Sekundärproduktion",
    "2_1_RawIndustry": "Grundstoffindustrie",
    "2_1_1_ManufacturingOfTextileProducts": "Herstellung von Textilien",
    "2_1_2_ManufacturingOfWoodAndWoodBasedProducts": "Herstellung von Holz und Holzwaren",
    "2_1_3_ManufacturingOfPulpPaperAndPaperProducts": "Herstellung von Zellstoff, Papier und Papierwaren",
    "2_1_4_ManufacturingOfCokeRefinedPetroleumProductsAndNuclearFuel": (
        "Herstellung von Koks, Mineralölprodukten und Kernbrennstoffen"
    ),
    "2_1_5_ManufacturingOfChemicalsChemicalProductsManMadeFibers": "Herstellung von Chemikalien und Chemiefasern",
    "2_1_6_ManufacturingOfBasicMetalsAndFabricatedMetals": "Herstellung von Metallen und Metallerzeugnissen",
    "2_1_7_ManufacturingOfNonMetallicMineralProducts": "Herstellung nichtmetallischer Mineralprodukte",
    "2_1_8_ManufacturingOfRubberPlasticProducts": "Herstellung von Gummi- und Kunststoffwaren",
    "2_1_9_ManufacturingOfOtherRawMaterials": "Herstellung sonstiger Grundstoffe",
    "2_2_HeavyEndProductIndustry": "Schwere Endproduktindustrie",
    "2_2_1_ManufacturingOfMachinery": "Maschinenbau",
    "2_2_2_ManufacturingOfVehiclesAndTransportEquipment": "Fahrzeugbau",
    "2_2_3_ManufacturingOfOtherHeavyEndProducts": "Herstellung sonstiger schwerer Endprodukte",
    "2_3_LightEndProductIndustry": "Leichte Endproduktindustrie",
    "2_3_1_ManufacturingOfFoodBeveragesAndTobaccoProducts": "Herstellung von Nahrungsmitteln, Getränken und Tabak",
    "2_3_2_ManufacturingOfClothesAndLeather": "Herstellung von Bekleidung und Leder",
    "2_3_3_PublishingAndPrinting": "Verlags- und Druckgewerbe",
    "2_3_4_ManufacturingOfElectricalAndOpticalEquipment": "Herstellung elektrischer und optischer Geräte",
    "2_3_5_ManufacturingOfOtherLightEndProducts": "Herstellung sonstiger leichter Endprodukte",
    "2_4_EnergyProduction": "Energieerzeugung",
    "2_4_1_NuclearBasedEnergyProduction": "Kernenergieerzeugung",
    "2_4_2_FossilFuelBasedEnergyProduction": "Energieerzeugung aus fossilen Brennstoffen",
    "2_4_3_BiomassBasedEnergyProduction": "Energieerzeugung aus Biomasse",
    "2_4_4_RenewableEnergyProduction": "Erzeugung erneuerbarer Energie",
    "2_5_OtherIndustry": "Sonstige Industrie",
    "3_TertiaryProduction": "Tertiärer Sektor",
    "3_1_CommercialServices": "Gewerbliche Dienstleistungen",
    "3_1_1_WholesaleAndRetailTradeAndRepairOfVehiclesAndPersonalAndHouseholdGoods": "Groß- und Einzelhandel, Reparatur",
    "3_1_2_RealEstateServices": "Immobiliendienstleistungen",
    "3_1_3_AccommodationAndFoodServices": "Beherbergung und Gastronomie",
    "3_1_4_OtherCommercialServices": "Sonstige gewerbliche Dienstleistungen",
    "3_2_FinancialProfessionalAndInformationServices": "Finanz-, freiberufliche und Informationsdienstleistungen",
    "3_2_1_FinancialAndInsuranceServices": "Finanz- und Versicherungsdienstleistungen",
    "3_2_2_ProfessionalTechnicalAndScientificServices": (
        "Freiberufliche, technische und wissenschaftliche Dienstleistungen"
    ),
    "3_2_3_InformationAndCommunicationServices": "Informations- und Kommunikationsdienstleistungen",
    "3_2_4_AdministrativeAndSupportServices": "Verwaltungs- und Unterstützungsleistungen",
    "3_2_5_OtherFinancialProfessionalAndInformationServices": (
        "Sonstige Finanz-, freiberufliche und Informationsdienstleistungen"
    ),
    "3_3_CommunityServices": "Gemeinschaftsdienste",
    "3_3_1_PublicAdministrationDefenceAndSocialSecurityServices": (
        "Öffentliche Verwaltung, Verteidigung und Sozialversicherung"
    ),
    "3_3_2_EducationalServices": "Bildung",
    "3_3_3_HealthAndSocialServices": "Gesundheits- und Sozialwesen",
    "3_3_4_ReligiousServices": "Religiöse Einrichtungen",
    "3_3_5_OtherCommunityServices": "Sonstige Gemeinschaftsdienste",
    "3_4_CulturalEntertainmentAndRecreationalServices": "Kultur, Unterhaltung und Erholung",
    "3_4_1_CulturalServices": "Kultur",
    "3_4_2_EntertainmentServices": "Unterhaltung",
    "3_4_3_SportsInfrastructure": "Sportanlagen",
    "3_4_4_OpenAirRecreationalAreas": "Erholungsflächen im Freien",
    "3_4_5_OtherRecreationalServices": "Sonstige Erholung",
    "3_5_OtherServices": "Sonstige Dienstleistungen",
    "4_TransportNetworksLogisticsAndUtilities": "Verkehrsnetze, Logistik und Versorgung",
    "4_1_TransportNetworks": "Verkehrsnetze",
    "4_1_1_RoadTransport": "Straßenverkehr",
    "4_1_2_RailwayTransport": "Eisenbahnverkehr",
    "4_1_3_AirTransport": "Luftverkehr",
    "4_1_4_WaterTransport": "Schifffahrt",
    "4_1_5_OtherTransportNetwork": "Sonstige Verkehrsnetze",
    "4_2_LogisticalAndStorageServices": "Logistik und Lagerung",
    "4_3_Utilities": "Versorgung und Entsorgung",
    "4_3_1_ElectricityGasAndThermalPowerDistributionServices": "Verteilung von Strom, Gas und Wärme",
    "4_3_2_WaterAndSewageInfrastructure": "Wasser- und Abwasseranlagen",
    "4_3_3_WasteTreatment": "Abfallbehandlung",
    "4_3_4_OtherUtilities": "Sonstige Versorgung",
    "5_ResidentialUse": "Wohnnutzung",
    "5_1_PermanentResidentialUse": "Dauerhafte Wohnnutzung",
    "5_2_ResidentialUseWithOtherCompatibleUses": "Wohnnutzung mit anderen verträglichen Nutzungen",
    "5_3_OtherResidentialUse": "Sonstige Wohnnutzung",
    "6_OtherUses": "Sonstige Nutzungen",
    "6_1_TransitionalAreas": "Flächen im Übergang",
    "6_2_AbandonedAreas": "Aufgegebene Flächen",
    "6_3_NaturalAreasNotInOtherEconomicUse": "Naturflächen ohne andere wirtschaftliche Nutzung",
    "6_3_1_LandAreasNotInOtherEconomicUse": "Landflächen ohne andere wirtschaftliche Nutzung",
    "6_3_2_WaterAreasNotInOtherEconomicUse": "Wasserflächen ohne andere wirtschaftliche Nutzung",
    "6_4_AreasWhereAnyUseAllowed": "Flächen, auf denen jede Nutzung zulässig ist",
    "6_5_AreasWithoutAnySpecifiedPlannedUse": "Flächen ohne festgelegte geplante Nutzung",
    "6_6_NotKnownUse": "Nutzung nicht bekannt",
}
