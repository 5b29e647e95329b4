import { readRegion, type Region } from "./region.ts";

/*
 * Names written with Latin letters, with and without marks. Telephone numbers are from ranges kept
 * for fiction where a country has one; elsewhere they have the country's shape and begin with a 0
 * behind the country's code, which none of these countries gives out.
 */

/** Where people write with Latin letters. */
export const LATIN_REGIONS: readonly [Region, ...Region[]] = [
  readRegion({
    locale: "en_US",
    zones: "America/New_York America/Chicago America/Denver America/Los_Angeles",
    cities: "Austin|Boston|Portland|Washington, D.C.",
    mobiles: "+1 2## 555 01##|+1 4## 555 01##|+1 7## 555 01##",
    given: "Ava Bo Carlos Emily Grace Hannah Jae James Liam Malik Mia Nora Owen Sofia Ty Wyatt",
    family:
      "Baker Carter Diaz Fox Hughes Jackson Lee Miller Nguyen O'Neill=oneill Reyes Turner Vanderbilt Washington Wu Young",
  }),
  readRegion({
    locale: "en_GB",
    zones: "Europe/London",
    cities: "Bristol|Cardiff|Glasgow|Leeds",
    mobiles: "+44 7700 900###",
    given: "Alice Callum Ed Freya George Imogen Isla Jo Nadia Oliver Poppy Rhys Tom Zara",
    family:
      "Ahmed Davies Evans Featherstonehaugh Fraser Hall Ives MacLeod=macleod Ng Patel Shaw Whitfield Wright",
  }),
  readRegion({
    locale: "de_DE",
    zones: "Europe/Berlin",
    cities: "Dresden|Köln|München|Nürnberg",
    mobiles: "+49 171 39200##",
    given:
      "Anneliese Björn=bjoern Emil Frieda Götz=goetz Jörg=joerg Jürgen=juergen Käthe=kaethe Lukas Mia Paul Rüdiger=ruediger Sönke=soenke Uwe",
    family:
      "Bäcker=baecker Groß=gross Hoffmann Jäger=jaeger Krüger=krueger Lehmann Leutheusser Müller=mueller Öz=oez Schäfer=schaefer Vogt Weiß=weiss Übelacker=uebelacker Zöllner=zoellner",
  }),
  readRegion({
    locale: "fr_FR",
    zones: "Europe/Paris",
    cities: "Besançon|Lyon|Nîmes|Saint-Étienne",
    mobiles: "+33 6 39 98 ## ##",
    given:
      "Aurélie=aurelie Benoît=benoit Chloé=chloe Élodie=elodie François=francois Gaël=gael Hélène=helene Jules Lou Maëlle=maelle Noé=noe Théo=theo Yaël=yael Zoé=zoe",
    family:
      "Bérard=berard Cœur=coeur D'Aubigné=daubigne Garçon=garcon Lefèvre=lefevre L'Hôpital=lhopital Martin Noël=noel Petit Py Rousseau Vidal Étienne=etienne Île=ile",
  }),
  readRegion({
    locale: "es_ES",
    zones: "Europe/Madrid Atlantic/Canary",
    cities: "A Coruña|Cádiz|Málaga|Sevilla",
    mobiles: "+34 0## ### ###",
    given:
      "Álvaro=alvaro|Begoña=begona|Inés=ines|Íñigo=inigo|Javier|Lucía=lucia|María de los Ángeles=mariadelosangeles|Martín=martin|Noelia|Paz|Raúl=raul|Sofía=sofia|Úrsula=ursula|Xènia=xenia",
    family:
      "Castaño=castano|De la Cruz=delacruz|Fernández=fernandez|García López=garcialopez|Gil|Ibáñez=ibanez|Muñoz=munoz|Núñez=nunez|Peña=pena|Ramírez=ramirez|Sanz|Vázquez=vazquez|Yáñez=yanez|Zúñiga=zuniga",
  }),
  readRegion({
    locale: "pt_BR",
    zones: "America/Sao_Paulo America/Manaus",
    cities: "Belém|Brasília|Curitiba|São Paulo",
    mobiles: "+55 0# 9#### ####",
    given:
      "Antônio=antonio Beatriz Conceição=conceicao Davi Gonçalo=goncalo Helô=helo João=joao Luísa=luisa Mércia=mercia Ruy Tainá=taina Zé=ze",
    family:
      "Araújo=araujo Brandão=brandao Conceição=conceicao Falcão=falcao Guimarães=guimaraes Lima Magalhães=magalhaes Nóbrega=nobrega Sá=sa Simões=simoes Souza Vilaça=vilaca",
  }),
  readRegion({
    locale: "sv_SE",
    zones: "Europe/Stockholm",
    cities: "Göteborg|Malmö|Umeå|Örebro",
    mobiles: "+46 70 174 06 1#|+46 70 174 06 4#|+46 70 174 06 8#",
    given:
      "Åke=ake Åsa=asa Björn=bjorn Ebba Göran=goran Håkan=hakan Ida Jöns=jons Lars Maj Märta=marta Östen=osten",
    family:
      "Åberg=aberg Björk=bjork Dahl Ek Hägg=hagg Lindström=lindstrom Möller=moller Nyström=nystrom Ö=o Sjöberg=sjoberg Söderqvist=soderqvist Wallén=wallen",
  }),
  readRegion({
    locale: "cs_CZ",
    zones: "Europe/Prague",
    cities: "Brno|Ústí nad Labem|Plzeň|Zlín",
    mobiles: "+420 0## ### ###",
    given:
      "Božena=bozena Čeněk=cenek Jiří=jiri Kateřina=katerina Luboš=lubos Matěj=matej Ondřej=ondrej Růžena=ruzena Šárka=sarka Václav=vaclav Zdeněk=zdenek Žofie=zofie",
    family:
      "Bílek=bilek Čapek=capek Dvořák=dvorak Hřích=hrich Kučera=kucera Ježek=jezek Novák=novak Řezáč=rezac Šťastný=stastny Tůma=tuma Vlček=vlcek Žižka=zizka",
  }),
  readRegion({
    locale: "pl_PL",
    zones: "Europe/Warsaw",
    cities: "Gdańsk|Kraków|Łódź|Wrocław",
    mobiles: "+48 0## ### ###",
    given:
      "Agnieszka Bartłomiej=bartlomiej Grażyna=grazyna Jakub Łukasz=lukasz Małgorzata=malgorzata Michał=michal Paweł=pawel Stanisław=stanislaw Święta=swieta Zofia Żaneta=zaneta",
    family:
      "Brzęczyszczykiewicz=brzeczyszczykiewicz Dąbrowski=dabrowski Gąsior=gasior Jabłońska=jablonska Kamiński=kaminski Łoś=los Nowak Pająk=pajak Świątek=swiatek Wójcik=wojcik Zając=zajac Żuraw=zuraw",
  }),
  readRegion({
    locale: "tr_TR",
    zones: "Europe/Istanbul",
    cities: "Ankara|Eskişehir|İzmir|Muğla",
    mobiles: "+90 0## ### ## ##",
    given:
      "Ayşe=ayse Çağla=cagla Ece Emre Gülşen=gulsen İbrahim=ibrahim Işıl=isil Nazlı=nazli Oğuz=oguz Ömer=omer Şule=sule Ümit=umit",
    family:
      "Ak Aydın=aydin Büyüktopçu=buyuktopcu Çelik=celik Doğan=dogan Güneş=gunes Kılıç=kilic Öztürk=ozturk Şahin=sahin Uçar=ucar Yıldız=yildiz Yılmaz=yilmaz",
  }),
  readRegion({
    locale: "vi_VN",
    zones: "Asia/Ho_Chi_Minh",
    cities: "Cần Thơ|Đà Nẵng|Hà Nội|Huế",
    mobiles: "+84 0# ### ## ##",
    given:
      "Anh Bảo=bao Đức=duc Hương=huong Khánh=khanh Linh Mỹ=my Ngọc=ngoc Phượng=phuong Quốc=quoc Thảo=thao Tuấn=tuan Vỹ=vy Yến=yen",
    family:
      "Bùi=bui Đặng=dang Đỗ=do Hồ=ho Huỳnh=huynh Lê=le Lý=ly Ngô=ngo Nguyễn=nguyen Phạm=pham Phan Trần=tran Trương=truong Vũ=vu",
  }),
];
