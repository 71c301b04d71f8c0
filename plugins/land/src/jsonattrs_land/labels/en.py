"""The codes of the lists, in their order, with labels in English. The labels are ours, the codes are not."""

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
    "agriActivity": "Agricultural activity",
    "commonOwnership": "Common ownership",
    "customaryType": "Customary right",
    "firewood": "Collection of firewood",
    "fishing": "Fishing",
    "grazing": "Grazing",
    "informalOccupation": "Informal occupation",
    "lease": "Lease",
    "occupation": "Occupation",
    "ownership": "Ownership",
    "ownershipAssumed": "Assumed ownership",
    "superficies": "Right to build on another's land",
    "tenancy": "Tenancy",
    "usufruct": "Usufruct",
    "waterrights": "Water rights",
    "apartment": "Apartment ownership",
    "lifeEstate": "Life estate",
    "stateOwnership": "State ownership",
    "carbonRights": "Carbon rights",
    "concession": "Concession",
    "easement": "Easement",
    "equitableServitude": "Equitable servitude",
    "freehold": "Freehold",
    "huntingFishingHarvest": "Hunting, fishing and harvest rights",
    "indigenousLandRights": "Indigenous land rights",
    "jointTenancy": "Joint tenancy",
    "leasehold": "Leasehold",
    "longTermLeasehold": "Long-term leasehold",
    "mineralRights": "Mineral rights",
    "tenancyInCommon": "Tenancy in common",
    "undividedCoOwnership": "Undivided co-ownership",
}

RESTRICTION = {
    "adminPublicServitude": "Public servitude",
    "monument": "Monument",
    "monumentPartly": "Monument in part",
    "noBuilding": "No building",
    "servitude": "Servitude",
    "servitudePartly": "Servitude on a part",
    "caveat": "Caveat",
    "historicPreservation": "Historic preservation",
    "limitedAccess": "Limited access",
    "mortgage": "Mortgage",
}

RESPONSIBILITY = {
    "monumentMaintenance": "Maintenance of a monument",
    "waterwayMaintenance": "Maintenance of a waterway",
}

MORTGAGE = {
    "levelPayment": "Level payments",
    "linear": "Linear repayment",
    "microCredit": "Microcredit",
}

BAUNIT = {
    "basicPropertyUnit": "Basic property unit",
    "leasedUnit": "Leased unit",
    "rightOfUseUnit": "Unit under a right of use",
    "administrativeUnit": "Administrative unit",
    "propertyRightUnit": "Unit under a property right",
}

ADMINISTRATIVE_SOURCE = {
    "agriConsent": "Agricultural consent",
    "agriLease": "Agricultural lease",
    "agriNotaryStatement": "Agricultural notary statement",
    "deed": "Deed",
    "mortgage": "Mortgage deed",
    "title": "Title",
    "agreement": "Agreement",
    "cadastralMap": "Cadastral map",
    "cadastralSurvey": "Cadastral survey",
    "contractForSale": "Contract of sale",
    "courtOrder": "Court order",
    "lease": "Lease",
    "powerOfAttorney": "Power of attorney",
    "proclamation": "Proclamation",
    "will": "Will",
}

PARTY = {
    "baunit": "Basic administrative unit",
    "group": "Group",
    "naturalPerson": "Natural person",
    "nonNaturalPerson": "Legal person",
}

GROUP_PARTY = {
    "association": "Association",
    "baunitGroup": "Group of basic administrative units",
    "family": "Family",
    "tribe": "Tribe",
}

PARTY_ROLE = {
    "bank": "Bank",
    "certifiedSurveyor": "Certified surveyor",
    "citizen": "Citizen",
    "conveyancer": "Conveyancer",
    "employee": "Employee",
    "farmer": "Farmer",
    "moneyProvider": "Lender",
    "notary": "Notary",
    "stateAdministrator": "State administrator",
    "surveyor": "Surveyor",
    "writer": "Writer",
}

SURFACE_RELATION = {
    "above": "Above the surface",
    "below": "Below the surface",
    "mixed": "Mixed",
    "onSurface": "On the surface",
}

DIMENSION = {
    "0D": "Point",
    "1D": "Line",
    "2D": "Area",
    "3D": "Volume",
    "liminal": "Between area and volume",
}

BUILDING_UNIT = {
    "individual": "Individual",
    "shared": "Shared",
}

AREA = {
    "calculatedArea": "Calculated area",
    "nonOfficialArea": "Unofficial area",
    "officialArea": "Official area",
    "surveyedArea": "Surveyed area",
}

SPATIAL_SOURCE = {
    "fieldSketch": "Field sketch",
    "gnssSurvey": "GNSS (GPS) survey",
    "orthoPhoto": "Orthophoto",
    "relativeMeasurement": "Relative measurement",
    "topoMap": "Topographic map",
    "video": "Video",
    "cadastralSurvey": "Cadastral survey",
}

MONUMENTATION = {
    "beacon": "Beacon",
    "cornerstone": "Cornerstone",
    "marker": "Marker",
    "notMarked": "Not marked",
}

LAND_USE = {
    "1_PrimaryProduction": "Primary production",
    "1_1_Agriculture": "Agriculture",
    "1_1_1_CommercialAgriculturalProduction": "Commercial agricultural production",
    "1_1_2_FarmingInfrastructure": "Farming infrastructure",
    "1_1_3_AgriculturalProductionForOwnConsumption": "Agricultural production for own consumption",
    "1_2_Forestry": "Forestry",
    "1_2_1_ForestryBasedOnShortRotation": "Forestry with short rotation",
    "1_2_2_ForestryBasedOnIntermediateOrLongRotation": "Forestry with intermediate or long rotation",
    "1_2_3_ForestryBasedOnContinuousCover": "Forestry with continuous cover",
    "1_3_MiningAndQuarrying": "Mining and quarrying",
    "1_3_1_MiningOfEnergyProducingMaterials": "Mining of energy-producing materials",
    "1_3_2_MiningOfMetalOres": "Mining of metal ores",
    "1_3_3_OtherMiningAndQuarrying": "Other mining and quarrying",
    "1_4_AquacultureAndFishing": "Aquaculture and fishing",
    "1_4_1_Aquaculture": "Aquaculture",
    "1_4_2_ProfessionalFishing": "Professional fishing",
    "1_5_OtherPrimaryProduction": "Other primary production",
    "1_5_1_Hunting": "Hunting",
    "1_5_2_ManagementOfMigratoryAnimals": "Management of migratory animals",
    "1_5_3_PickingOfNaturalProducts": "Picking of natural products",
    "2_SecondaryProduction": "Secondary production",
    "2_1_RawIndustry": "Raw industry",
    "2_1_1_ManufacturingOfTextileProducts": "Manufacture of textiles",
    "2_1_2_ManufacturingOfWoodAndWoodBasedProducts": "Manufacture of wood and wood products",
    "2_1_3_ManufacturingOfPulpPaperAndPaperProducts": "Manufacture of pulp, paper and paper products",
    "2_1_4_ManufacturingOfCokeRefinedPetroleumProductsAndNuclearFuel": (
        "Manufacture of coke, refined petroleum and nuclear fuel"
    ),
    "2_1_5_ManufacturingOfChemicalsChemicalProductsManMadeFibers": "Manufacture of chemicals and man-made fibres",
    "2_1_6_ManufacturingOfBasicMetalsAndFabricatedMetals": "Manufacture of metals and metal products",
    "2_1_7_ManufacturingOfNonMetallicMineralProducts": "Manufacture of non-metallic mineral products",
    "2_1_8_ManufacturingOfRubberPlasticProducts": "Manufacture of rubber and plastic products",
    "2_1_9_ManufacturingOfOtherRawMaterials": "Manufacture of other raw materials",
    "2_2_HeavyEndProductIndustry": "Heavy end-product industry",
    "2_2_1_ManufacturingOfMachinery": "Manufacture of machinery",
    "2_2_2_ManufacturingOfVehiclesAndTransportEquipment": "Manufacture of vehicles and transport equipment",
    "2_2_3_ManufacturingOfOtherHeavyEndProducts": "Manufacture of other heavy end products",
    "2_3_LightEndProductIndustry": "Light end-product industry",
    "2_3_1_ManufacturingOfFoodBeveragesAndTobaccoProducts": "Manufacture of food, beverages and tobacco",
    "2_3_2_ManufacturingOfClothesAndLeather": "Manufacture of clothes and leather",
    "2_3_3_PublishingAndPrinting": "Publishing and printing",
    "2_3_4_ManufacturingOfElectricalAndOpticalEquipment": "Manufacture of electrical and optical equipment",
    "2_3_5_ManufacturingOfOtherLightEndProducts": "Manufacture of other light end products",
    "2_4_EnergyProduction": "Energy production",
    "2_4_1_NuclearBasedEnergyProduction": "Nuclear energy production",
    "2_4_2_FossilFuelBasedEnergyProduction": "Energy production from fossil fuels",
    "2_4_3_BiomassBasedEnergyProduction": "Energy production from biomass",
    "2_4_4_RenewableEnergyProduction": "Renewable energy production",
    "2_5_OtherIndustry": "Other industry",
    "3_TertiaryProduction": "Tertiary production",
    "3_1_CommercialServices": "Commercial services",
    "3_1_1_WholesaleAndRetailTradeAndRepairOfVehiclesAndPersonalAndHouseholdGoods": (
        "Wholesale and retail trade, and repair"
    ),
    "3_1_2_RealEstateServices": "Real estate services",
    "3_1_3_AccommodationAndFoodServices": "Accommodation and food services",
    "3_1_4_OtherCommercialServices": "Other commercial services",
    "3_2_FinancialProfessionalAndInformationServices": "Financial, professional and information services",
    "3_2_1_FinancialAndInsuranceServices": "Financial and insurance services",
    "3_2_2_ProfessionalTechnicalAndScientificServices": "Professional, technical and scientific services",
    "3_2_3_InformationAndCommunicationServices": "Information and communication services",
    "3_2_4_AdministrativeAndSupportServices": "Administrative and support services",
    "3_2_5_OtherFinancialProfessionalAndInformationServices": "Other financial, professional and information services",
    "3_3_CommunityServices": "Community services",
    "3_3_1_PublicAdministrationDefenceAndSocialSecurityServices": "Public administration, defence and social security",
    "3_3_2_EducationalServices": "Education",
    "3_3_3_HealthAndSocialServices": "Health and social services",
    "3_3_4_ReligiousServices": "Religious services",
    "3_3_5_OtherCommunityServices": "Other community services",
    "3_4_CulturalEntertainmentAndRecreationalServices": "Culture, entertainment and recreation",
    "3_4_1_CulturalServices": "Cultural services",
    "3_4_2_EntertainmentServices": "Entertainment services",
    "3_4_3_SportsInfrastructure": "Sports infrastructure",
    "3_4_4_OpenAirRecreationalAreas": "Open-air recreational areas",
    "3_4_5_OtherRecreationalServices": "Other recreational services",
    "3_5_OtherServices": "Other services",
    "4_TransportNetworksLogisticsAndUtilities": "Transport networks, logistics and utilities",
    "4_1_TransportNetworks": "Transport networks",
    "4_1_1_RoadTransport": "Road transport",
    "4_1_2_RailwayTransport": "Railway transport",
    "4_1_3_AirTransport": "Air transport",
    "4_1_4_WaterTransport": "Water transport",
    "4_1_5_OtherTransportNetwork": "Other transport networks",
    "4_2_LogisticalAndStorageServices": "Logistics and storage",
    "4_3_Utilities": "Utilities",
    "4_3_1_ElectricityGasAndThermalPowerDistributionServices": "Distribution of electricity, gas and heat",
    "4_3_2_WaterAndSewageInfrastructure": "Water and sewage infrastructure",
    "4_3_3_WasteTreatment": "Waste treatment",
    "4_3_4_OtherUtilities": "Other utilities",
    "5_ResidentialUse": "Residential use",
    "5_1_PermanentResidentialUse": "Permanent residential use",
    "5_2_ResidentialUseWithOtherCompatibleUses": "Residential use with other compatible uses",
    "5_3_OtherResidentialUse": "Other residential use",
    "6_OtherUses": "Other uses",
    "6_1_TransitionalAreas": "Transitional areas",
    "6_2_AbandonedAreas": "Abandoned areas",
    "6_3_NaturalAreasNotInOtherEconomicUse": "Natural areas not in other economic use",
    "6_3_1_LandAreasNotInOtherEconomicUse": "Land areas not in other economic use",
    "6_3_2_WaterAreasNotInOtherEconomicUse": "Water areas not in other economic use",
    "6_4_AreasWhereAnyUseAllowed": "Areas where any use is allowed",
    "6_5_AreasWithoutAnySpecifiedPlannedUse": "Areas without any specified planned use",
    "6_6_NotKnownUse": "Use not known",
}
