/** A part of a name as it is written, and as it appears in an e-mail address. */
export interface NamePart {
  readonly written: string;
  /** Lower-case ASCII letters. */
  readonly ascii: string;
}

/** Names and places that belong together. */
export interface Region {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly cities: readonly [string, ...string[]];
  readonly given: readonly [NamePart, ...NamePart[]];
  readonly family: readonly [NamePart, ...NamePart[]];
}

/** Departments; one holds a comma and one a quote, as real tables do. */
export const DEPARTMENTS: readonly [string, ...string[]] = [
  "Engineering",
  "Finance",
  "Human Resources",
  "Legal",
  "Logistics",
  "Research & Development",
  "Sales, North",
  "Sales, South",
  'Service "Night Desk"',
  "Support",
];

/** Where invented people live, in several scripts; no character needs four bytes in UTF-8. */
export const REGIONS: readonly [Region, ...Region[]] = [
  region("US", "Austin|Boston|Portland|Washington, D.C.", {
    given: "Ava|Carlos|Emily|Grace|James|Liam|Malik|Nora|Owen|Sofia",
    family: "Baker|Carter|Diaz|Hughes|Jackson|Miller|Nguyen|O'Neill=oneill|Reyes|Turner",
  }),
  region("GB", "Bristol|Cardiff|Glasgow|Leeds", {
    given: "Alice|Callum|Freya|George|Isla|Nadia|Oliver|Poppy|Rhys|Zara",
    family: "Ahmed|Davies|Evans|Fraser|Hall|MacLeod=macleod|Patel|Shaw|Whitfield|Wright",
  }),
  region("DE", "Dresden|Köln|München|Nürnberg", {
    given: "Anneliese|Björn=bjoern|Emil|Frieda|Jörg=joerg|Käthe=kaethe|Lukas|Mia|Paul|Sönke=soenke",
    family:
      "Bäcker=baecker|Groß=gross|Hoffmann|Jäger=jaeger|Krüger=krueger|Lehmann|Müller=mueller|Schäfer=schaefer|Vogt|Weiß=weiss",
  }),
  region("FR", "Besançon|Lyon|Nîmes|Saint-Étienne", {
    given:
      "Aurélie=aurelie|Benoît=benoit|Chloé=chloe|Élodie=elodie|François=francois|Hélène=helene|Jules|Maëlle=maelle|Noé=noe|Théo=theo",
    family:
      "Bérard=berard|Cœur=coeur|D'Aubigné=daubigne|Garçon=garcon|Lefèvre=lefevre|Martin|Noël=noel|Petit|Rousseau|Vidal",
  }),
  region("ES", "A Coruña|Cádiz|Málaga|Sevilla", {
    given:
      "Álvaro=alvaro|Begoña=begona|Inés=ines|Íñigo=inigo|Javier|Lucía=lucia|Martín=martin|Noelia|Raúl=raul|Sofía=sofia",
    family:
      "Castaño=castano|Fernández=fernandez|García López=garcialopez|Ibáñez=ibanez|Muñoz=munoz|Núñez=nunez|Peña=pena|Ramírez=ramirez|Sanz|Vázquez=vazquez",
  }),
  region("PL", "Gdańsk|Kraków|Łódź|Wrocław", {
    given:
      "Agnieszka|Bartłomiej=bartlomiej|Grażyna=grazyna|Jakub|Łukasz=lukasz|Małgorzata=malgorzata|Paweł=pawel|Stanisław=stanislaw|Zofia|Żaneta=zaneta",
    family:
      "Dąbrowski=dabrowski|Gąsior=gasior|Jabłońska=jablonska|Kamiński=kaminski|Nowak|Pająk=pajak|Świątek=swiatek|Wójcik=wojcik|Zając=zajac|Żuraw=zuraw",
  }),
  region("TR", "Ankara|Eskişehir|İzmir|Muğla", {
    given:
      "Ayşe=ayse|Çağla=cagla|Emre|Gülşen=gulsen|İbrahim=ibrahim|Işıl=isil|Oğuz=oguz|Ömer=omer|Şule=sule|Ümit=umit",
    family:
      "Aydın=aydin|Çelik=celik|Doğan=dogan|Güneş=gunes|Kılıç=kilic|Öztürk=ozturk|Şahin=sahin|Uçar=ucar|Yıldız=yildiz|Yılmaz=yilmaz",
  }),
  region("VN", "Cần Thơ|Đà Nẵng|Hà Nội|Huế", {
    given:
      "Anh|Đức=duc|Hương=huong|Khánh=khanh|Linh|Mỹ=my|Phượng=phuong|Quốc=quoc|Thảo=thao|Tuấn=tuan",
    family: "Bùi=bui|Đặng=dang|Đỗ=do|Hồ=ho|Lê=le|Ngô=ngo|Nguyễn=nguyen|Phạm=pham|Trần=tran|Vũ=vu",
  }),
  region("UA", "Дніпро|Київ|Львів|Харків", {
    given:
      "Андрій=andrii|Богдан=bohdan|Ганна=hanna|Дарина=daryna|Іван=ivan|Леся=lesia|Марія=mariia|Оксана=oksana|Тарас=taras|Юрій=yurii",
    family:
      "Бондар=bondar|Гончар=honchar|Іваненко=ivanenko|Коваль=koval|Левченко=levchenko|Мельник=melnyk|Петренко=petrenko|Савчук=savchuk|Ткач=tkach|Шевчук=shevchuk",
  }),
  region("GR", "Αθήνα|Θεσσαλονίκη|Λάρισα|Πάτρα", {
    given:
      "Αλέξανδρος=alexandros|Βασιλική=vasiliki|Γιώργος=giorgos|Ελένη=eleni|Ζωή=zoi|Κώστας=kostas|Μαρία=maria|Νίκος=nikos|Σοφία=sofia|Φώτης=fotis",
    family:
      "Αγγελόπουλος=angelopoulos|Βλάχος=vlachos|Γεωργίου=georgiou|Δήμου=dimou|Ιωάννου=ioannou|Κωνσταντίνου=konstantinou|Λάμπρου=lamprou|Νικολάου=nikolaou|Παππάς=pappas|Χρήστου=christou",
  }),
  region("EG", "أسوان|الإسكندرية|الجيزة|القاهرة", {
    given:
      "أحمد=ahmed|أمينة=amina|حسن=hassan|خالد=khaled|ريم=reem|سارة=sara|عمر=omar|فاطمة=fatma|ليلى=layla|يوسف=youssef",
    family:
      "إبراهيم=ibrahim|الشريف=elsherif|المصري=elmasry|حسين=hussein|خليل=khalil|رمضان=ramadan|سالم=salem|عثمان=othman|فؤاد=fouad|منصور=mansour",
  }),
  region("IL", "באר שבע|חיפה|ירושלים|תל אביב", {
    given:
      "אורי=uri|אילנה=ilana|גיל=gil|דנה=dana|יעל=yael|מיכל=michal|נועם=noam|רונית=ronit|שירה=shira|תמר=tamar",
    family:
      "אברהמי=avrahami|ביטון=biton|גולן=golan|כהן=cohen|לוי=levi|מזרחי=mizrahi|נחום=nahum|פרידמן=friedman|צור=tzur|שפירא=shapira",
  }),
  region("IN", "जयपुर|दिल्ली|पुणे|लखनऊ", {
    given:
      "अनिता=anita|अर्जुन=arjun|दीपक=deepak|कविता=kavita|मीरा=meera|नेहा=neha|राहुल=rahul|रवि=ravi|सुनीता=sunita|विजय=vijay",
    family:
      "अग्रवाल=agarwal|गुप्ता=gupta|जोशी=joshi|कुमार=kumar|मिश्रा=mishra|पटेल=patel|शर्मा=sharma|सिंह=singh|वर्मा=verma|यादव=yadav",
  }),
  region("CN", "北京|成都|上海|深圳", {
    given:
      "伟=wei|芳=fang|秀英=xiuying|敏=min|静=jing|建国=jianguo|丽娜=lina|浩然=haoran|雪梅=xuemei|子涵=zihan",
    family: "陈=chen|黄=huang|李=li|林=lin|刘=liu|孙=sun|王=wang|吴=wu|张=zhang|赵=zhao",
  }),
  region("JP", "大阪|京都|札幌|東京", {
    given:
      "愛=ai|海斗=kaito|恵子=keiko|健太=kenta|美咲=misaki|直樹=naoki|さくら=sakura|翔太=shota|結衣=yui|ユウキ=yuki",
    family:
      "伊藤=ito|加藤=kato|小林=kobayashi|佐藤=sato|鈴木=suzuki|高橋=takahashi|田中=tanaka|中村=nakamura|山本=yamamoto|渡辺=watanabe",
  }),
  region("KR", "대구|부산|서울|인천", {
    given:
      "민준=minjun|서연=seoyeon|지훈=jihun|하은=haeun|도윤=doyun|수빈=subin|예진=yejin|현우=hyunwoo|유나=yuna|태호=taeho",
    family: "강=kang|김=kim|박=park|서=seo|윤=yoon|이=lee|임=lim|정=jung|조=cho|최=choi",
  }),
  region("TH", "กรุงเทพ|ขอนแก่น|เชียงใหม่|ภูเก็ต", {
    given:
      "กานดา=kanda|ชัย=chai|ณัฐ=nat|ดาว=dao|นิภา=nipha|ประเสริฐ=prasert|มาลี=malee|วิชัย=wichai|สมชาย=somchai|อรุณ=arun",
    family:
      "แก้วใส=kaewsai|จันทร์ดี=chandee|ทองคำ=thongkham|บุญมา=bunma|พงษ์ศรี=phongsri|รักไทย=rakthai|วงศ์ใหญ่=wongyai|ศรีสุข=srisuk|สายทอง=saithong|ใจดี=chaidee",
  }),
];

/** @param names `written=ascii` or, where lower-casing is enough, `Written`; separated by `|` */
function region(
  country: string,
  cities: string,
  names: { readonly given: string; readonly family: string },
): Region {
  const [firstCity = "", ...otherCities] = cities.split("|");
  return {
    country,
    cities: [firstCity, ...otherCities],
    given: parseNames(names.given),
    family: parseNames(names.family),
  };
}

function parseNames(names: string): readonly [NamePart, ...NamePart[]] {
  const [first = "", ...others] = names.split("|");
  return [parseName(first), ...others.map(parseName)];
}

function parseName(name: string): NamePart {
  const [written = "", ascii = written.toLowerCase()] = name.split("=");
  return { written, ascii };
}
