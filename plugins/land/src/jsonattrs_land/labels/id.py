"""The labels in Indonesian, by list and code. They are ours; the codes are those of the sources."""

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
    "agriActivity": "Kegiatan pertanian",
    "commonOwnership": "Kepemilikan bersama",
    "customaryType": "Hak adat",
    "firewood": "Pengambilan kayu bakar",
    "fishing": "Penangkapan ikan",
    "grazing": "Penggembalaan",
    "informalOccupation": "Penguasaan informal",
    "lease": "Sewa tanah",
    "occupation": "Penguasaan",
    "ownership": "Hak milik",
    "ownershipAssumed": "Kepemilikan yang diduga",
    "superficies": "Hak guna bangunan",
    "tenancy": "Hak sewa",
    "usufruct": "Hak pakai hasil",
    "waterrights": "Hak atas air",
    "apartment": "Hak milik atas satuan rumah susun",
    "lifeEstate": "Hak seumur hidup",
    "stateOwnership": "Kepemilikan negara",
    "carbonRights": "Hak karbon",
    "concession": "Konsesi",
    "easement": "Hak pengabdian pekarangan",
    "equitableServitude": "Servituut ekuitas",
    "freehold": "Hak milik penuh",
    "huntingFishingHarvest": "Hak berburu, menangkap ikan, dan memungut hasil",
    "indigenousLandRights": "Hak masyarakat adat atas tanah",
    "jointTenancy": "Kepemilikan bersama dengan hak bagi yang hidup terlama",
    "leasehold": "Hak sewa atas tanah",
    "longTermLeasehold": "Hak sewa jangka panjang",
    "mineralRights": "Hak atas bahan tambang",
    "tenancyInCommon": "Kepemilikan bersama menurut bagian",
    "undividedCoOwnership": "Kepemilikan bersama tak terbagi",
}

RESTRICTION = {
    "adminPublicServitude": "Servituut publik",
    "monument": "Cagar budaya",
    "monumentPartly": "Sebagian cagar budaya",
    "noBuilding": "Larangan membangun",
    "servitude": "Servituut",
    "servitudePartly": "Servituut atas sebagian",
    "caveat": "Catatan blokir",
    "historicPreservation": "Pelestarian sejarah",
    "limitedAccess": "Akses terbatas",
    "mortgage": "Hak tanggungan",
}

RESPONSIBILITY = {
    "monumentMaintenance": "Pemeliharaan cagar budaya",
    "waterwayMaintenance": "Pemeliharaan saluran air",
}

MORTGAGE = {
    "levelPayment": "Angsuran tetap",
    "linear": "Angsuran pokok tetap",
    "microCredit": "Kredit mikro",
}

BAUNIT = {
    "basicPropertyUnit": "Satuan properti dasar",
    "leasedUnit": "Satuan sewa",
    "rightOfUseUnit": "Satuan hak pakai",
    "administrativeUnit": "Satuan administrasi",
    "propertyRightUnit": "Satuan hak milik",
}

ADMINISTRATIVE_SOURCE = {
    "agriConsent": "Persetujuan pertanian",
    "agriLease": "Sewa pertanian",
    "agriNotaryStatement": "Pernyataan notaris tentang pertanian",
    "deed": "Akta",
    "mortgage": "Akta hak tanggungan",
    "title": "Sertipikat",
    "agreement": "Perjanjian",
    "cadastralMap": "Peta kadaster",
    "cadastralSurvey": "Survei kadaster",
    "contractForSale": "Perjanjian jual beli",
    "courtOrder": "Putusan pengadilan",
    "lease": "Perjanjian sewa",
    "powerOfAttorney": "Surat kuasa",
    "proclamation": "Pengumuman",
    "will": "Surat wasiat",
}

PARTY = {
    "baunit": "Satuan administrasi dasar",
    "group": "Kelompok",
    "naturalPerson": "Orang perseorangan",
    "nonNaturalPerson": "Badan hukum",
}

GROUP_PARTY = {
    "association": "Perkumpulan",
    "baunitGroup": "Kelompok satuan administrasi dasar",
    "family": "Keluarga",
    "tribe": "Suku",
}

PARTY_ROLE = {
    "bank": "Bank",
    "certifiedSurveyor": "Surveyor berlisensi",
    "citizen": "Warga negara",
    "conveyancer": "Pembuat akta peralihan",
    "employee": "Pegawai",
    "farmer": "Petani",
    "moneyProvider": "Pemberi pinjaman",
    "notary": "Notaris",
    "stateAdministrator": "Administrator negara",
    "surveyor": "Juru ukur",
    "writer": "Penulis",
}

SURFACE_RELATION = {
    "above": "Di atas permukaan",
    "below": "Di bawah permukaan",
    "mixed": "Campuran",
    "onSurface": "Di permukaan",
}

DIMENSION = {
    "0D": "Titik",
    "1D": "Garis",
    "2D": "Bidang",
    "3D": "Volume",
    "liminal": "Antara bidang dan volume",
}

BUILDING_UNIT = {
    "individual": "Perseorangan",
    "shared": "Bersama",
}

AREA = {
    "calculatedArea": "Luas hasil hitungan",
    "nonOfficialArea": "Luas tidak resmi",
    "officialArea": "Luas resmi",
    "surveyedArea": "Luas hasil ukur",
}

SPATIAL_SOURCE = {
    "fieldSketch": "Sketsa lapangan",
    "gnssSurvey": "Survei GNSS (GPS)",
    "orthoPhoto": "Ortofoto",
    "relativeMeasurement": "Pengukuran relatif",
    "topoMap": "Peta topografi",
    "video": "Video",
    "cadastralSurvey": "Survei kadaster",
}

MONUMENTATION = {
    "beacon": "Suar",
    "cornerstone": "Batu batas",
    "marker": "Patok",
    "notMarked": "Tidak ditandai",
}

LAND_USE = {
    "1_PrimaryProduction": "Produksi primer",
    "1_1_Agriculture": "Pertanian",
    "1_1_1_CommercialAgriculturalProduction": "Produksi pertanian komersial",
    "1_1_2_FarmingInfrastructure": "Prasarana pertanian",
    "1_1_3_AgriculturalProductionForOwnConsumption": "Produksi pertanian untuk konsumsi sendiri",
    "1_2_Forestry": "Kehutanan",
    "1_2_1_ForestryBasedOnShortRotation": "Kehutanan rotasi pendek",
    "1_2_2_ForestryBasedOnIntermediateOrLongRotation": "Kehutanan rotasi menengah atau panjang",
    "1_2_3_ForestryBasedOnContinuousCover": "Kehutanan tutupan berkelanjutan",
    "1_3_MiningAndQuarrying": "Pertambangan dan penggalian",
    "1_3_1_MiningOfEnergyProducingMaterials": "Penambangan bahan energi",
    "1_3_2_MiningOfMetalOres": "Penambangan bijih logam",
    "1_3_3_OtherMiningAndQuarrying": "Pertambangan dan penggalian lainnya",
    "1_4_AquacultureAndFishing": "Budidaya perairan dan perikanan",
    "1_4_1_Aquaculture": "Budidaya perairan",
    "1_4_2_ProfessionalFishing": "Perikanan tangkap profesional",
    "1_5_OtherPrimaryProduction": "Produksi primer lainnya",
    "1_5_1_Hunting": "Perburuan",
    "1_5_2_ManagementOfMigratoryAnimals": "Pengelolaan hewan yang berpindah",
    "1_5_3_PickingOfNaturalProducts": "Pemungutan hasil alam",
    "2_SecondaryProduction": "Produksi sekunder",
    "2_1_RawIndustry": "Industri bahan dasar",
    "2_1_1_ManufacturingOfTextileProducts": "Pembuatan tekstil",
    "2_1_2_ManufacturingOfWoodAndWoodBasedProducts": "Pembuatan kayu dan barang dari kayu",
    "2_1_3_ManufacturingOfPulpPaperAndPaperProducts": "Pembuatan bubur kertas, kertas, dan barang dari kertas",
    "2_1_4_ManufacturingOfCokeRefinedPetroleumProductsAndNuclearFuel": (
        "Pembuatan kokas, hasil kilang minyak, dan bahan bakar nuklir"
    ),
    "2_1_5_ManufacturingOfChemicalsChemicalProductsManMadeFibers": "Pembuatan bahan kimia dan serat buatan",
    "2_1_6_ManufacturingOfBasicMetalsAndFabricatedMetals": "Pembuatan logam dan barang logam",
    "2_1_7_ManufacturingOfNonMetallicMineralProducts": "Pembuatan barang mineral bukan logam",
    "2_1_8_ManufacturingOfRubberPlasticProducts": "Pembuatan barang karet dan plastik",
    "2_1_9_ManufacturingOfOtherRawMaterials": "Pembuatan bahan dasar lainnya",
    "2_2_HeavyEndProductIndustry": "Industri barang jadi berat",
    "2_2_1_ManufacturingOfMachinery": "Pembuatan mesin",
    "2_2_2_ManufacturingOfVehiclesAndTransportEquipment": "Pembuatan kendaraan dan alat angkut",
    "2_2_3_ManufacturingOfOtherHeavyEndProducts": "Pembuatan barang jadi berat lainnya",
    "2_3_LightEndProductIndustry": "Industri barang jadi ringan",
    "2_3_1_ManufacturingOfFoodBeveragesAndTobaccoProducts": "Pembuatan makanan, minuman, dan tembakau",
    "2_3_2_ManufacturingOfClothesAndLeather": "Pembuatan pakaian dan kulit",
    "2_3_3_PublishingAndPrinting": "Penerbitan dan percetakan",
    "2_3_4_ManufacturingOfElectricalAndOpticalEquipment": "Pembuatan peralatan listrik dan optik",
    "2_3_5_ManufacturingOfOtherLightEndProducts": "Pembuatan barang jadi ringan lainnya",
    "2_4_EnergyProduction": "Produksi energi",
    "2_4_1_NuclearBasedEnergyProduction": "Produksi energi nuklir",
    "2_4_2_FossilFuelBasedEnergyProduction": "Produksi energi dari bahan bakar fosil",
    "2_4_3_BiomassBasedEnergyProduction": "Produksi energi dari biomassa",
    "2_4_4_RenewableEnergyProduction": "Produksi energi terbarukan",
    "2_5_OtherIndustry": "Industri lainnya",
    "3_TertiaryProduction": "Produksi tersier",
    "3_1_CommercialServices": "Jasa komersial",
    "3_1_1_WholesaleAndRetailTradeAndRepairOfVehiclesAndPersonalAndHouseholdGoods": (
        "Perdagangan besar dan eceran, dan reparasi"
    ),
    "3_1_2_RealEstateServices": "Jasa real estat",
    "3_1_3_AccommodationAndFoodServices": "Akomodasi dan makan minum",
    "3_1_4_OtherCommercialServices": "Jasa komersial lainnya",
    "3_2_FinancialProfessionalAndInformationServices": "Jasa keuangan, profesional, dan informasi",
    "3_2_1_FinancialAndInsuranceServices": "Jasa keuangan dan asuransi",
    "3_2_2_ProfessionalTechnicalAndScientificServices": "Jasa profesional, teknis, dan ilmiah",
    "3_2_3_InformationAndCommunicationServices": "Jasa informasi dan komunikasi",
    "3_2_4_AdministrativeAndSupportServices": "Jasa administrasi dan penunjang",
    "3_2_5_OtherFinancialProfessionalAndInformationServices": "Jasa keuangan, profesional, dan informasi lainnya",
    "3_3_CommunityServices": "Layanan masyarakat",
    "3_3_1_PublicAdministrationDefenceAndSocialSecurityServices": (
        "Administrasi pemerintahan, pertahanan, dan jaminan sosial"
    ),
    "3_3_2_EducationalServices": "Pendidikan",
    "3_3_3_HealthAndSocialServices": "Layanan kesehatan dan sosial",
    "3_3_4_ReligiousServices": "Layanan keagamaan",
    "3_3_5_OtherCommunityServices": "Layanan masyarakat lainnya",
    "3_4_CulturalEntertainmentAndRecreationalServices": "Budaya, hiburan, dan rekreasi",
    "3_4_1_CulturalServices": "Layanan budaya",
    "3_4_2_EntertainmentServices": "Layanan hiburan",
    "3_4_3_SportsInfrastructure": "Prasarana olahraga",
    "3_4_4_OpenAirRecreationalAreas": "Kawasan rekreasi terbuka",
    "3_4_5_OtherRecreationalServices": "Layanan rekreasi lainnya",
    "3_5_OtherServices": "Jasa lainnya",
    "4_TransportNetworksLogisticsAndUtilities": "Jaringan transportasi, logistik, dan utilitas",
    "4_1_TransportNetworks": "Jaringan transportasi",
    "4_1_1_RoadTransport": "Transportasi jalan",
    "4_1_2_RailwayTransport": "Transportasi kereta api",
    "4_1_3_AirTransport": "Transportasi udara",
    "4_1_4_WaterTransport": "Transportasi air",
    "4_1_5_OtherTransportNetwork": "Jaringan transportasi lainnya",
    "4_2_LogisticalAndStorageServices": "Logistik dan penyimpanan",
    "4_3_Utilities": "Utilitas",
    "4_3_1_ElectricityGasAndThermalPowerDistributionServices": "Distribusi listrik, gas, dan panas",
    "4_3_2_WaterAndSewageInfrastructure": "Prasarana air bersih dan air limbah",
    "4_3_3_WasteTreatment": "Pengolahan sampah",
    "4_3_4_OtherUtilities": "Utilitas lainnya",
    "5_ResidentialUse": "Permukiman",
    "5_1_PermanentResidentialUse": "Permukiman tetap",
    "5_2_ResidentialUseWithOtherCompatibleUses": "Permukiman dengan penggunaan lain yang sesuai",
    "5_3_OtherResidentialUse": "Permukiman lainnya",
    "6_OtherUses": "Penggunaan lain",
    "6_1_TransitionalAreas": "Kawasan peralihan",
    "6_2_AbandonedAreas": "Kawasan terbengkalai",
    "6_3_NaturalAreasNotInOtherEconomicUse": "Kawasan alami tanpa penggunaan ekonomi lain",
    "6_3_1_LandAreasNotInOtherEconomicUse": "Kawasan darat tanpa penggunaan ekonomi lain",
    "6_3_2_WaterAreasNotInOtherEconomicUse": "Kawasan perairan tanpa penggunaan ekonomi lain",
    "6_4_AreasWhereAnyUseAllowed": "Kawasan untuk semua penggunaan",
    "6_5_AreasWithoutAnySpecifiedPlannedUse": "Kawasan tanpa rencana penggunaan tertentu",
    "6_6_NotKnownUse": "Penggunaan tidak diketahui",
}
