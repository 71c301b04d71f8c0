"""The labels in Spanish, by list and code. They are ours; the codes are those of the sources."""

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
    "agriActivity": "Actividad agrícola",
    "commonOwnership": "Propiedad común",
    "customaryType": "Derecho consuetudinario",
    "firewood": "Recolección de leña",
    "fishing": "Pesca",
    "grazing": "Pastoreo",
    "informalOccupation": "Ocupación informal",
    "lease": "Arrendamiento",
    "occupation": "Ocupación",
    "ownership": "Propiedad",
    "ownershipAssumed": "Propiedad presunta",
    "superficies": "Derecho de superficie",
    "tenancy": "Alquiler",
    "usufruct": "Usufructo",
    "waterrights": "Derechos de agua",
    "apartment": "Propiedad de un apartamento",
    "lifeEstate": "Derecho vitalicio",
    "stateOwnership": "Propiedad del Estado",
    "carbonRights": "Derechos de carbono",
    "concession": "Concesión",
    "easement": "Servidumbre",
    "equitableServitude": "Servidumbre de equidad",
    "freehold": "Pleno dominio",
    "huntingFishingHarvest": "Derechos de caza, pesca y recolección",
    "indigenousLandRights": "Derechos de los pueblos indígenas a la tierra",
    "jointTenancy": "Tenencia mancomunada",
    "leasehold": "Derecho de arrendamiento",
    "longTermLeasehold": "Arrendamiento a largo plazo",
    "mineralRights": "Derechos mineros",
    "tenancyInCommon": "Tenencia en común",
    "undividedCoOwnership": "Copropiedad indivisa",
}

RESTRICTION = {
    "adminPublicServitude": "Servidumbre pública",
    "monument": "Monumento",
    "monumentPartly": "Monumento en parte",
    "noBuilding": "Prohibición de construir",
    "servitude": "Servidumbre",
    "servitudePartly": "Servidumbre en parte",
    "caveat": "Anotación preventiva",
    "historicPreservation": "Conservación histórica",
    "limitedAccess": "Acceso limitado",
    "mortgage": "Hipoteca",
}

RESPONSIBILITY = {
    "monumentMaintenance": "Mantenimiento de un monumento",
    "waterwayMaintenance": "Mantenimiento de un curso de agua",
}

MORTGAGE = {
    "levelPayment": "Cuotas constantes",
    "linear": "Amortización lineal",
    "microCredit": "Microcrédito",
}

BAUNIT = {
    "basicPropertyUnit": "Unidad básica de propiedad",
    "leasedUnit": "Unidad arrendada",
    "rightOfUseUnit": "Unidad con derecho de uso",
    "administrativeUnit": "Unidad administrativa",
    "propertyRightUnit": "Unidad con derecho de propiedad",
}

ADMINISTRATIVE_SOURCE = {
    "agriConsent": "Consentimiento agrícola",
    "agriLease": "Arrendamiento agrícola",
    "agriNotaryStatement": "Declaración notarial agrícola",
    "deed": "Escritura",
    "mortgage": "Escritura de hipoteca",
    "title": "Título",
    "agreement": "Acuerdo",
    "cadastralMap": "Mapa catastral",
    "cadastralSurvey": "Levantamiento catastral",
    "contractForSale": "Contrato de compraventa",
    "courtOrder": "Orden judicial",
    "lease": "Contrato de arrendamiento",
    "powerOfAttorney": "Poder de representación",
    "proclamation": "Proclamación",
    "will": "Testamento",
}

PARTY = {
    "baunit": "Unidad administrativa básica",
    "group": "Grupo",
    "naturalPerson": "Persona física",
    "nonNaturalPerson": "Persona jurídica",
}

GROUP_PARTY = {
    "association": "Asociación",
    "baunitGroup": "Grupo de unidades administrativas básicas",
    "family": "Familia",
    "tribe": "Tribu",
}

PARTY_ROLE = {
    "bank": "Banco",
    "certifiedSurveyor": "Agrimensor autorizado",
    "citizen": "Ciudadano",
    "conveyancer": "Gestor de la transmisión",
    "employee": "Empleado",
    "farmer": "Agricultor",
    "moneyProvider": "Prestamista",
    "notary": "Notario",
    "stateAdministrator": "Administrador estatal",
    "surveyor": "Agrimensor",
    "writer": "Redactor",
}

SURFACE_RELATION = {
    "above": "Por encima de la superficie",
    "below": "Por debajo de la superficie",
    "mixed": "Mixta",
    "onSurface": "En la superficie",
}

DIMENSION = {
    "0D": "Punto",
    "1D": "Línea",
    "2D": "Superficie",
    "3D": "Volumen",
    "liminal": "Entre superficie y volumen",
}

BUILDING_UNIT = {
    "individual": "Individual",
    "shared": "Compartida",
}

AREA = {
    "calculatedArea": "Superficie calculada",
    "nonOfficialArea": "Superficie no oficial",
    "officialArea": "Superficie oficial",
    "surveyedArea": "Superficie medida",
}

SPATIAL_SOURCE = {
    "fieldSketch": "Croquis de campo",
    "gnssSurvey": "Levantamiento GNSS (GPS)",
    "orthoPhoto": "Ortofoto",
    "relativeMeasurement": "Medición relativa",
    "topoMap": "Mapa topográfico",
    "video": "Vídeo",
    "cadastralSurvey": "Levantamiento catastral",
}

MONUMENTATION = {
    "beacon": "Baliza",
    "cornerstone": "Mojón",
    "marker": "Marca",
    "notMarked": "Sin marcar",
}

LAND_USE = {
    "1_PrimaryProduction": "Producción primaria",
    "1_1_Agriculture": "Agricultura",
    "1_1_1_CommercialAgriculturalProduction": "Producción agrícola comercial",
    "1_1_2_FarmingInfrastructure": "Infraestructura agrícola",
    "1_1_3_AgriculturalProductionForOwnConsumption": "Producción agrícola para el autoconsumo",
    "1_2_Forestry": "Silvicultura",
    "1_2_1_ForestryBasedOnShortRotation": "Silvicultura de rotación corta",
    "1_2_2_ForestryBasedOnIntermediateOrLongRotation": "Silvicultura de rotación media o larga",
    "1_2_3_ForestryBasedOnContinuousCover": "Silvicultura de cubierta continua",
    "1_3_MiningAndQuarrying": "Minería y canteras",
    "1_3_1_MiningOfEnergyProducingMaterials": "Extracción de productos energéticos",
    "1_3_2_MiningOfMetalOres": "Extracción de minerales metálicos",
    "1_3_3_OtherMiningAndQuarrying": "Otras minas y canteras",
    "1_4_AquacultureAndFishing": "Acuicultura y pesca",
    "1_4_1_Aquaculture": "Acuicultura",
    "1_4_2_ProfessionalFishing": "Pesca profesional",
    "1_5_OtherPrimaryProduction": "Otra producción primaria",
    "1_5_1_Hunting": "Caza",
    "1_5_2_ManagementOfMigratoryAnimals": "Gestión de animales migratorios",
    "1_5_3_PickingOfNaturalProducts": "Recolección de productos naturales",
    "2_SecondaryProduction": "Producción secundaria",
    "2_1_RawIndustry": "Industria de materias primas",
    "2_1_1_ManufacturingOfTextileProducts": "Fabricación de productos textiles",
    "2_1_2_ManufacturingOfWoodAndWoodBasedProducts": "Fabricación de madera y sus productos",
    "2_1_3_ManufacturingOfPulpPaperAndPaperProducts": "Fabricación de pasta, papel y sus productos",
    "2_1_4_ManufacturingOfCokeRefinedPetroleumProductsAndNuclearFuel": (
        "Fabricación de coque, petróleo refinado y combustible nuclear"
    ),
    "2_1_5_ManufacturingOfChemicalsChemicalProductsManMadeFibers": (
        "Fabricación de productos químicos y fibras artificiales"
    ),
    "2_1_6_ManufacturingOfBasicMetalsAndFabricatedMetals": "Fabricación de metales y productos metálicos",
    "2_1_7_ManufacturingOfNonMetallicMineralProducts": "Fabricación de productos minerales no metálicos",
    "2_1_8_ManufacturingOfRubberPlasticProducts": "Fabricación de productos de caucho y plástico",
    "2_1_9_ManufacturingOfOtherRawMaterials": "Fabricación de otras materias primas",
    "2_2_HeavyEndProductIndustry": "Industria de productos finales pesados",
    "2_2_1_ManufacturingOfMachinery": "Fabricación de maquinaria",
    "2_2_2_ManufacturingOfVehiclesAndTransportEquipment": "Fabricación de vehículos y material de transporte",
    "2_2_3_ManufacturingOfOtherHeavyEndProducts": "Fabricación de otros productos finales pesados",
    "2_3_LightEndProductIndustry": "Industria de productos finales ligeros",
    "2_3_1_ManufacturingOfFoodBeveragesAndTobaccoProducts": "Fabricación de alimentos, bebidas y tabaco",
    "2_3_2_ManufacturingOfClothesAndLeather": "Fabricación de prendas de vestir y cuero",
    "2_3_3_PublishingAndPrinting": "Edición e impresión",
    "2_3_4_ManufacturingOfElectricalAndOpticalEquipment": "Fabricación de equipos eléctricos y ópticos",
    "2_3_5_ManufacturingOfOtherLightEndProducts": "Fabricación de otros productos finales ligeros",
    "2_4_EnergyProduction": "Producción de energía",
    "2_4_1_NuclearBasedEnergyProduction": "Producción de energía nuclear",
    "2_4_2_FossilFuelBasedEnergyProduction": "Producción de energía con combustibles fósiles",
    "2_4_3_BiomassBasedEnergyProduction": "Producción de energía con biomasa",
    "2_4_4_RenewableEnergyProduction": "Producción de energía renovable",
    "2_5_OtherIndustry": "Otra industria",
    "3_TertiaryProduction": "Producción terciaria",
    "3_1_CommercialServices": "Servicios comerciales",
    "3_1_1_WholesaleAndRetailTradeAndRepairOfVehiclesAndPersonalAndHouseholdGoods": (
        "Comercio mayorista y minorista, y reparación"
    ),
    "3_1_2_RealEstateServices": "Servicios inmobiliarios",
    "3_1_3_AccommodationAndFoodServices": "Servicios de alojamiento y comida",
    "3_1_4_OtherCommercialServices": "Otros servicios comerciales",
    "3_2_FinancialProfessionalAndInformationServices": "Servicios financieros, profesionales y de información",
    "3_2_1_FinancialAndInsuranceServices": "Servicios financieros y de seguros",
    "3_2_2_ProfessionalTechnicalAndScientificServices": "Servicios profesionales, técnicos y científicos",
    "3_2_3_InformationAndCommunicationServices": "Servicios de información y comunicaciones",
    "3_2_4_AdministrativeAndSupportServices": "Servicios administrativos y de apoyo",
    "3_2_5_OtherFinancialProfessionalAndInformationServices": (
        "Otros servicios financieros, profesionales y de información"
    ),
    "3_3_CommunityServices": "Servicios comunitarios",
    "3_3_1_PublicAdministrationDefenceAndSocialSecurityServices": "Administración pública, defensa y seguridad social",
    "3_3_2_EducationalServices": "Educación",
    "3_3_3_HealthAndSocialServices": "Servicios sanitarios y sociales",
    "3_3_4_ReligiousServices": "Servicios religiosos",
    "3_3_5_OtherCommunityServices": "Otros servicios comunitarios",
    "3_4_CulturalEntertainmentAndRecreationalServices": "Cultura, entretenimiento y ocio",
    "3_4_1_CulturalServices": "Servicios culturales",
    "3_4_2_EntertainmentServices": "Servicios de entretenimiento",
    "3_4_3_SportsInfrastructure": "Infraestructura deportiva",
    "3_4_4_OpenAirRecreationalAreas": "Zonas de ocio al aire libre",
    "3_4_5_OtherRecreationalServices": "Otros servicios de ocio",
    "3_5_OtherServices": "Otros servicios",
    "4_TransportNetworksLogisticsAndUtilities": "Redes de transporte, logística y servicios públicos",
    "4_1_TransportNetworks": "Redes de transporte",
    "4_1_1_RoadTransport": "Transporte por carretera",
    "4_1_2_RailwayTransport": "Transporte ferroviario",
    "4_1_3_AirTransport": "Transporte aéreo",
    "4_1_4_WaterTransport": "Transporte por agua",
    "4_1_5_OtherTransportNetwork": "Otras redes de transporte",
    "4_2_LogisticalAndStorageServices": "Logística y almacenamiento",
    "4_3_Utilities": "Servicios públicos",
    "4_3_1_ElectricityGasAndThermalPowerDistributionServices": "Distribución de electricidad, gas y calor",
    "4_3_2_WaterAndSewageInfrastructure": "Infraestructura de agua y alcantarillado",
    "4_3_3_WasteTreatment": "Tratamiento de residuos",
    "4_3_4_OtherUtilities": "Otros servicios públicos",
    "5_ResidentialUse": "Uso residencial",
    "5_1_PermanentResidentialUse": "Uso residencial permanente",
    "5_2_ResidentialUseWithOtherCompatibleUses": "Uso residencial con otros usos compatibles",
    "5_3_OtherResidentialUse": "Otro uso residencial",
    "6_OtherUses": "Otros usos",
    "6_1_TransitionalAreas": "Zonas en transición",
    "6_2_AbandonedAreas": "Zonas abandonadas",
    "6_3_NaturalAreasNotInOtherEconomicUse": "Zonas naturales sin otro uso económico",
    "6_3_1_LandAreasNotInOtherEconomicUse": "Zonas terrestres sin otro uso económico",
    "6_3_2_WaterAreasNotInOtherEconomicUse": "Zonas de agua sin otro uso económico",
    "6_4_AreasWhereAnyUseAllowed": "Zonas donde se permite cualquier uso",
    "6_5_AreasWithoutAnySpecifiedPlannedUse": "Zonas sin uso previsto especificado",
    "6_6_NotKnownUse": "Uso desconocido",
}
