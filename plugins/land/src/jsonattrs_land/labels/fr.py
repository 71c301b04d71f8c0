"""The labels in French, by list and code. They are ours; the codes are those of the sources."""

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
    "agriActivity": "Activité agricole",
    "commonOwnership": "Propriété commune",
    "customaryType": "Droit coutumier",
    "firewood": "Ramassage du bois de feu",
    "fishing": "Pêche",
    "grazing": "Pâturage",
    "informalOccupation": "Occupation informelle",
    "lease": "Bail",
    "occupation": "Occupation",
    "ownership": "Propriété",
    "ownershipAssumed": "Propriété présumée",
    "superficies": "Droit de superficie",
    "tenancy": "Location",
    "usufruct": "Usufruit",
    "waterrights": "Droits d'eau",
    "apartment": "Propriété d'un appartement",
    "lifeEstate": "Droit viager",
    "stateOwnership": "Propriété de l'État",
    "carbonRights": "Droits de carbone",
    "concession": "Concession",
    "easement": "Servitude",
    "equitableServitude": "Servitude d'équité",
    "freehold": "Pleine propriété",
    "huntingFishingHarvest": "Droits de chasse, de pêche et de récolte",
    "indigenousLandRights": "Droits fonciers des peuples autochtones",
    "jointTenancy": "Propriété conjointe",
    "leasehold": "Tenure à bail",
    "longTermLeasehold": "Bail de longue durée",
    "mineralRights": "Droits miniers",
    "tenancyInCommon": "Propriété par quotes-parts",
    "undividedCoOwnership": "Copropriété indivise",
}

RESTRICTION = {
    "adminPublicServitude": "Servitude publique",
    "monument": "Monument",
    "monumentPartly": "Monument en partie",
    "noBuilding": "Interdiction de construire",
    "servitude": "Servitude",
    "servitudePartly": "Servitude sur une partie",
    "caveat": "Prénotation",
    "historicPreservation": "Protection du patrimoine",
    "limitedAccess": "Accès limité",
    "mortgage": "Hypothèque",
}

RESPONSIBILITY = {
    "monumentMaintenance": "Entretien d'un monument",
    "waterwayMaintenance": "Entretien d'un cours d'eau",
}

MORTGAGE = {
    "levelPayment": "Mensualités constantes",
    "linear": "Amortissement linéaire",
    "microCredit": "Microcrédit",
}

BAUNIT = {
    "basicPropertyUnit": "Unité de propriété de base",
    "leasedUnit": "Unité louée",
    "rightOfUseUnit": "Unité de droit d'usage",
    "administrativeUnit": "Unité administrative",
    "propertyRightUnit": "Unité de droit de propriété",
}

ADMINISTRATIVE_SOURCE = {
    "agriConsent": "Consentement agricole",
    "agriLease": "Bail agricole",
    "agriNotaryStatement": "Déclaration notariée agricole",
    "deed": "Acte",
    "mortgage": "Acte d'hypothèque",
    "title": "Titre",
    "agreement": "Accord",
    "cadastralMap": "Plan cadastral",
    "cadastralSurvey": "Levé cadastral",
    "contractForSale": "Contrat de vente",
    "courtOrder": "Décision de justice",
    "lease": "Bail",
    "powerOfAttorney": "Procuration",
    "proclamation": "Proclamation",
    "will": "Testament",
}

PARTY = {
    "baunit": "Unité administrative de base",
    "group": "Groupe",
    "naturalPerson": "Personne physique",
    "nonNaturalPerson": "Personne morale",
}

GROUP_PARTY = {
    "association": "Association",
    "baunitGroup": "Groupe d'unités administratives de base",
    "family": "Famille",
    "tribe": "Tribu",
}

PARTY_ROLE = {
    "bank": "Banque",
    "certifiedSurveyor": "Géomètre agréé",
    "citizen": "Citoyen",
    "conveyancer": "Rédacteur de l'acte de transfert",
    "employee": "Employé",
    "farmer": "Agriculteur",
    "moneyProvider": "Prêteur",
    "notary": "Notaire",
    "stateAdministrator": "Administrateur d'État",
    "surveyor": "Géomètre",
    "writer": "Rédacteur",
}

SURFACE_RELATION = {
    "above": "Au-dessus de la surface",
    "below": "Au-dessous de la surface",
    "mixed": "Mixte",
    "onSurface": "À la surface",
}

DIMENSION = {
    "0D": "Point",
    "1D": "Ligne",
    "2D": "Surface",
    "3D": "Volume",
    "liminal": "Entre surface et volume",
}

BUILDING_UNIT = {
    "individual": "Individuelle",
    "shared": "Commune",
}

AREA = {
    "calculatedArea": "Surface calculée",
    "nonOfficialArea": "Surface non officielle",
    "officialArea": "Surface officielle",
    "surveyedArea": "Surface mesurée",
}

SPATIAL_SOURCE = {
    "fieldSketch": "Croquis de terrain",
    "gnssSurvey": "Levé GNSS (GPS)",
    "orthoPhoto": "Orthophoto",
    "relativeMeasurement": "Mesure relative",
    "topoMap": "Carte topographique",
    "video": "Vidéo",
    "cadastralSurvey": "Levé cadastral",
}

MONUMENTATION = {
    "beacon": "Balise",
    "cornerstone": "Borne",
    "marker": "Repère",
    "notMarked": "Non marqué",
}

LAND_USE = {
    "1_PrimaryProduction": "Production primaire",
    "1_1_Agriculture": "Agriculture",
    "1_1_1_CommercialAgriculturalProduction": "Production agricole commerciale",
    "1_1_2_FarmingInfrastructure": "Infrastructures agricoles",
    "1_1_3_AgriculturalProductionForOwnConsumption": "Production agricole pour l'autoconsommation",
    "1_2_Forestry": "Sylviculture",
    "1_2_1_ForestryBasedOnShortRotation": "Sylviculture à courte rotation",
    "1_2_2_ForestryBasedOnIntermediateOrLongRotation": "Sylviculture à rotation moyenne ou longue",
    "1_2_3_ForestryBasedOnContinuousCover": "Sylviculture à couvert continu",
    "1_3_MiningAndQuarrying": "Mines et carrières",
    "1_3_1_MiningOfEnergyProducingMaterials": "Extraction de produits énergétiques",
    "1_3_2_MiningOfMetalOres": "Extraction de minerais métalliques",
    "1_3_3_OtherMiningAndQuarrying": "Autres mines et carrières",
    "1_4_AquacultureAndFishing": "Aquaculture et pêche",
    "1_4_1_Aquaculture": "Aquaculture",
    "1_4_2_ProfessionalFishing": "Pêche professionnelle",
    "1_5_OtherPrimaryProduction": "Autre production primaire",
    "1_5_1_Hunting": "Chasse",
    "1_5_2_ManagementOfMigratoryAnimals": "Gestion d'animaux migrateurs",
    "1_5_3_PickingOfNaturalProducts": "Cueillette de produits naturels",
    "2_SecondaryProduction": "Production secondaire",
    "2_1_RawIndustry": "Industrie de base",
    "2_1_1_ManufacturingOfTextileProducts": "Fabrication de textiles",
    "2_1_2_ManufacturingOfWoodAndWoodBasedProducts": "Fabrication de bois et d'articles en bois",
    "2_1_3_ManufacturingOfPulpPaperAndPaperProducts": "Fabrication de pâte, de papier et d'articles en papier",
    "2_1_4_ManufacturingOfCokeRefinedPetroleumProductsAndNuclearFuel": (
        "Fabrication de coke, de pétrole raffiné et de combustible nucléaire"
    ),
    "2_1_5_ManufacturingOfChemicalsChemicalProductsManMadeFibers": (
        "Fabrication de produits chimiques et de fibres artificielles"
    ),
    "2_1_6_ManufacturingOfBasicMetalsAndFabricatedMetals": "Fabrication de métaux et de produits métalliques",
    "2_1_7_ManufacturingOfNonMetallicMineralProducts": "Fabrication de produits minéraux non métalliques",
    "2_1_8_ManufacturingOfRubberPlasticProducts": "Fabrication de produits en caoutchouc et en plastique",
    "2_1_9_ManufacturingOfOtherRawMaterials": "Fabrication d'autres matières premières",
    "2_2_HeavyEndProductIndustry": "Industrie lourde de produits finis",
    "2_2_1_ManufacturingOfMachinery": "Fabrication de machines",
    "2_2_2_ManufacturingOfVehiclesAndTransportEquipment": "Fabrication de véhicules et de matériel de transport",
    "2_2_3_ManufacturingOfOtherHeavyEndProducts": "Fabrication d'autres produits finis lourds",
    "2_3_LightEndProductIndustry": "Industrie légère de produits finis",
    "2_3_1_ManufacturingOfFoodBeveragesAndTobaccoProducts": "Fabrication d'aliments, de boissons et de tabac",
    "2_3_2_ManufacturingOfClothesAndLeather": "Fabrication de vêtements et de cuir",
    "2_3_3_PublishingAndPrinting": "Édition et imprimerie",
    "2_3_4_ManufacturingOfElectricalAndOpticalEquipment": "Fabrication d'équipements électriques et optiques",
    "2_3_5_ManufacturingOfOtherLightEndProducts": "Fabrication d'autres produits finis légers",
    "2_4_EnergyProduction": "Production d'énergie",
    "2_4_1_NuclearBasedEnergyProduction": "Production d'énergie nucléaire",
    "2_4_2_FossilFuelBasedEnergyProduction": "Production d'énergie à partir de combustibles fossiles",
    "2_4_3_BiomassBasedEnergyProduction": "Production d'énergie à partir de biomasse",
    "2_4_4_RenewableEnergyProduction": "Production d'énergie renouvelable",
    "2_5_OtherIndustry": "Autre industrie",
    "3_TertiaryProduction": "Production tertiaire",
    "3_1_CommercialServices": "Services commerciaux",
    "3_1_1_WholesaleAndRetailTradeAndRepairOfVehiclesAndPersonalAndHouseholdGoods": (
        "Commerce de gros et de détail, et réparation"
    ),
    "3_1_2_RealEstateServices": "Services immobiliers",
    "3_1_3_AccommodationAndFoodServices": "Hébergement et restauration",
    "3_1_4_OtherCommercialServices": "Autres services commerciaux",
    "3_2_FinancialProfessionalAndInformationServices": "Services financiers, professionnels et d'information",
    "3_2_1_FinancialAndInsuranceServices": "Services financiers et d'assurance",
    "3_2_2_ProfessionalTechnicalAndScientificServices": "Services professionnels, techniques et scientifiques",
    "3_2_3_InformationAndCommunicationServices": "Services d'information et de communication",
    "3_2_4_AdministrativeAndSupportServices": "Services administratifs et de soutien",
    "3_2_5_OtherFinancialProfessionalAndInformationServices": (
        "Autres services financiers, professionnels et d'information"
    ),
    "3_3_CommunityServices": "Services à la collectivité",
    "3_3_1_PublicAdministrationDefenceAndSocialSecurityServices": (
        "Administration publique, défense et sécurité sociale"
    ),
    "3_3_2_EducationalServices": "Enseignement",
    "3_3_3_HealthAndSocialServices": "Services sanitaires et sociaux",
    "3_3_4_ReligiousServices": "Services religieux",
    "3_3_5_OtherCommunityServices": "Autres services à la collectivité",
    "3_4_CulturalEntertainmentAndRecreationalServices": "Culture, divertissement et loisirs",
    "3_4_1_CulturalServices": "Services culturels",
    "3_4_2_EntertainmentServices": "Services de divertissement",
    "3_4_3_SportsInfrastructure": "Infrastructures sportives",
    "3_4_4_OpenAirRecreationalAreas": "Espaces de loisirs de plein air",
    "3_4_5_OtherRecreationalServices": "Autres services de loisirs",
    "3_5_OtherServices": "Autres services",
    "4_TransportNetworksLogisticsAndUtilities": "Réseaux de transport, logistique et services publics",
    "4_1_TransportNetworks": "Réseaux de transport",
    "4_1_1_RoadTransport": "Transport routier",
    "4_1_2_RailwayTransport": "Transport ferroviaire",
    "4_1_3_AirTransport": "Transport aérien",
    "4_1_4_WaterTransport": "Transport par eau",
    "4_1_5_OtherTransportNetwork": "Autres réseaux de transport",
    "4_2_LogisticalAndStorageServices": "Logistique et entreposage",
    "4_3_Utilities": "Services publics de réseau",
    "4_3_1_ElectricityGasAndThermalPowerDistributionServices": "Distribution d'électricité, de gaz et de chaleur",
    "4_3_2_WaterAndSewageInfrastructure": "Infrastructures d'eau et d'assainissement",
    "4_3_3_WasteTreatment": "Traitement des déchets",
    "4_3_4_OtherUtilities": "Autres services publics de réseau",
    "5_ResidentialUse": "Usage résidentiel",
    "5_1_PermanentResidentialUse": "Usage résidentiel permanent",
    "5_2_ResidentialUseWithOtherCompatibleUses": "Usage résidentiel avec d'autres usages compatibles",
    "5_3_OtherResidentialUse": "Autre usage résidentiel",
    "6_OtherUses": "Autres usages",
    "6_1_TransitionalAreas": "Zones en transition",
    "6_2_AbandonedAreas": "Zones abandonnées",
    "6_3_NaturalAreasNotInOtherEconomicUse": "Zones naturelles sans autre usage économique",
    "6_3_1_LandAreasNotInOtherEconomicUse": "Zones terrestres sans autre usage économique",
    "6_3_2_WaterAreasNotInOtherEconomicUse": "Zones d'eau sans autre usage économique",
    "6_4_AreasWhereAnyUseAllowed": "Zones où tout usage est permis",
    "6_5_AreasWithoutAnySpecifiedPlannedUse": "Zones sans usage prévu précisé",
    "6_6_NotKnownUse": "Usage inconnu",
}
