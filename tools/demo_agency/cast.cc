#include "tools/demo_agency/cast.h"

namespace placet::demo {

namespace {
constexpr auto kWeek = domain::PeriodKind::week;
constexpr auto kMonth = domain::PeriodKind::month;
}  // namespace

const std::array<AgencyPart, 2> kAgencies = {{
    {"Noorderlicht Werving", "71234501", "Vera Visser", 16'200},
    {"Brug & Partners", "71234502", "Milan Maas", 16'400},
}};

const std::array<ClientPart, 6> kClients = {{
    {"Kade Logistics", "81234501", 0, "Carla Claassen", "Koen Kuipers"},
    {"Zorghuis De Linde", "81234502", 0, "Liesbeth Lammers", "Lucas Lubbers"},
    {"Bakkerij Korenbloem", "81234503", 0, "Bas Boekhout", "Britt Brouwer"},
    {"Datahuis Delta", "81234504", 1, "Dewi Draaisma", "Dirk Douwes"},
    {"Hotel De Zwaan", "81234505", 1, "Hanna Hofstra", "Hugo Hazelaar"},
    {"Scheepswerf Ster", "81234506", 1, "Sjoerd Stellingwerf", "Sofie Steen"},
}};

const std::array<WorkerPart, 40> kWorkers = {{
    {"Sanne Smit", 0, kWeek, 1'720, 3'354},     {"Bram Bos", 0, kWeek, 1'735, 3'383},
    {"Joost Jansen", 0, kWeek, 1'750, 3'412},   {"Yara Yilmaz", 0, kWeek, 1'765, 3'441},
    {"Gijs Groen", 0, kWeek, 1'780, 3'471},     {"Anouk Adams", 0, kWeek, 1'795, 3'500},
    {"Tim Timmer", 0, kWeek, 1'810, 3'529},     {"Roos Ruiter", 0, kWeek, 1'825, 3'558},
    {"Pieter Post", 1, kWeek, 1'890, 3'685},    {"Noor Nijland", 1, kWeek, 1'905, 3'714},
    {"Maud Meijer", 1, kWeek, 1'920, 3'744},    {"Omar Osman", 1, kWeek, 1'935, 3'773},
    {"Eva Evers", 1, kWeek, 1'950, 3'802},      {"Wout Wiersma", 1, kWeek, 1'965, 3'831},
    {"Jet Jonker", 1, kWeek, 1'980, 3'861},     {"Fatima Faber", 2, kWeek, 1'650, 3'217},
    {"Daan Dekker", 2, kWeek, 1'665, 3'246},    {"Lieke Lans", 2, kWeek, 1'680, 3'276},
    {"Stijn Staal", 2, kWeek, 1'695, 3'305},    {"Nina Nauta", 2, kWeek, 1'710, 3'334},
    {"Kees Koster", 2, kWeek, 1'725, 3'363},    {"Ravi Raman", 3, kMonth, 2'480, 4'836},
    {"Iris IJzerman", 3, kMonth, 2'495, 4'865}, {"Floor Fokkens", 3, kMonth, 2'510, 4'894},
    {"Sem Simons", 3, kMonth, 2'525, 4'923},    {"Lotte Looman", 3, kWeek, 2'540, 4'953},
    {"Thijs Tromp", 3, kWeek, 2'555, 4'982},    {"Zoë Zandstra", 3, kWeek, 2'570, 5'011},
    {"Mees Mulder", 4, kWeek, 1'610, 3'139},    {"Ilse Imhof", 4, kWeek, 1'625, 3'168},
    {"Guus Geerts", 4, kWeek, 1'640, 3'198},    {"Puck Prins", 4, kWeek, 1'655, 3'227},
    {"Boris Blom", 4, kWeek, 1'670, 3'256},     {"Tess Tuinman", 4, kWeek, 1'685, 3'285},
    {"Finn Feenstra", 5, kWeek, 2'210, 4'309},  {"Hidde Haan", 5, kWeek, 2'225, 4'338},
    {"Jelle Jelsma", 5, kWeek, 2'240, 4'368},   {"Marit Mos", 5, kWeek, 2'255, 4'397},
    {"Pim Peters", 5, kWeek, 2'270, 4'426},     {"Saar Sijbrands", 5, kWeek, 2'285, 4'455},
}};

}  // namespace placet::demo
