import { readRegion, type Region } from "./region.ts";

/*
 * Names of other scripts, with what their owners write in an e-mail address. No character needs four
 * bytes in UTF-8. For the telephone numbers see the Latin regions.
 */

/** Where people write with other letters than Latin ones. */
export const FURTHER_REGIONS: readonly [Region, ...Region[]] = [
  readRegion({
    locale: "uk_UA",
    zones: "Europe/Kyiv",
    cities: "Дніпро|Київ|Львів|Харків",
    mobiles: "+380 0# ### ## ##",
    given:
      "Андрій=andrii Богдан=bohdan Ганна=hanna Дарина=daryna Єва=yeva Іван=ivan Їра=yira Леся=lesia Марія=mariia Оксана=oksana Соломія=solomiia Тарас=taras Юрій=yurii Ярослав=yaroslav",
    family:
      "Бондар=bondar Гончар=honchar Ґалаґан=galagan Іваненко=ivanenko Коваль=koval Левченко=levchenko Мельник=melnyk Петренко=petrenko Савчук=savchuk Ткач=tkach Шевчук=shevchuk Щур=shchur Юхименко=yukhymenko Ящук=yashchuk",
  }),
  readRegion({
    locale: "bg_BG",
    zones: "Europe/Sofia",
    cities: "Бургас|Варна|Пловдив|София",
    mobiles: "+359 0# ### ####",
    given:
      "Ангел=angel Борис=boris Весела=vesela Георги=georgi Димитър=dimitar Елена=elena Йордан=yordan Мила=mila Пламен=plamen Цветана=tsvetana",
    family:
      "Ангелова=angelova Божилов=bozhilov Гочев=gochev Димов=dimov Желев=zhelev Илиев=iliev Колев=kolev Петров=petrov Стоянова=stoyanova Юруков=yurukov",
  }),
  readRegion({
    locale: "el_GR",
    zones: "Europe/Athens",
    cities: "Αθήνα|Θεσσαλονίκη|Λάρισα|Πάτρα",
    mobiles: "+30 0## ### ####",
    given:
      "Αλέξανδρος=alexandros Βασιλική=vasiliki Γιώργος=giorgos Δήμητρα=dimitra Ελένη=eleni Ζωή=zoi Κώστας=kostas Μαρία=maria Νίκος=nikos Ξένια=xenia Σοφία=sofia Φώτης=fotis Χρύσα=chrysa",
    family:
      "Αγγελόπουλος=angelopoulos Βλάχος=vlachos Γεωργίου=georgiou Δήμου=dimou Ιωάννου=ioannou Κωνσταντίνου=konstantinou Λάμπρου=lamprou Νικολάου=nikolaou Παπακωνσταντίνου=papakonstantinou Παππάς=pappas Ρω=ro Χρήστου=christou Ψαρρός=psarros",
  }),
  readRegion({
    locale: "ar_EG",
    zones: "Africa/Cairo",
    cities: "أسوان|الإسكندرية|الجيزة|القاهرة",
    mobiles: "+20 0## ### ####",
    given:
      "أحمد=ahmed|أمينة=amina|حسن=hassan|خالد=khaled|ريم=reem|زينب=zeinab|سارة=sara|عبد الرحمن=abdelrahman|عمر=omar|فاطمة=fatma|ليلى=layla|محمد=mohamed|نور=nour|يوسف=youssef",
    family:
      "إبراهيم=ibrahim|الشريف=elsherif|المصري=elmasry|حسين=hussein|خليل=khalil|رمضان=ramadan|سالم=salem|طه=taha|عبد العزيز=abdelaziz|عثمان=othman|فؤاد=fouad|منصور=mansour|نصر=nasr",
    doubles: false,
  }),
  readRegion({
    locale: "he_IL",
    zones: "Asia/Jerusalem",
    cities: "באר שבע|חיפה|ירושלים|תל אביב",
    mobiles: "+972 0# ### ####",
    given:
      "אורי=uri אילנה=ilana איתי=itai גיל=gil דנה=dana הדס=hadas יעל=yael מיכל=michal נועם=noam עומר=omer רונית=ronit שירה=shira תמר=tamar",
    family:
      "אברהמי=avrahami ביטון=biton גולן=golan דיין=dayan כהן=cohen לוי=levi מזרחי=mizrahi נחום=nahum עוז=oz פרידמן=friedman צור=tzur רוזנצוויג=rosenzweig שפירא=shapira",
    doubles: false,
  }),
  readRegion({
    locale: "hi_IN",
    zones: "Asia/Kolkata",
    cities: "जयपुर|दिल्ली|पुणे|लखनऊ",
    mobiles: "+91 0#### #####",
    given:
      "अनिता=anita अर्जुन=arjun आरव=aarav दीपक=deepak ईशा=isha कविता=kavita मीरा=meera नेहा=neha प्रिया=priya राहुल=rahul रवि=ravi सुनीता=sunita विजय=vijay श्रेया=shreya",
    family:
      "अग्रवाल=agarwal गुप्ता=gupta चतुर्वेदी=chaturvedi जोशी=joshi कुमार=kumar मिश्रा=mishra पटेल=patel राय=rai शर्मा=sharma सिंह=singh त्रिपाठी=tripathi वर्मा=verma यादव=yadav",
    doubles: false,
  }),
  readRegion({
    locale: "bn_BD",
    zones: "Asia/Dhaka",
    cities: "খুলনা|চট্টগ্রাম|ঢাকা|সিলেট",
    mobiles: "+880 0### ######",
    given:
      "আনিকা=anika ইমরান=imran করিম=karim তানভীর=tanvir নাসরিন=nasrin ফারহানা=farhana মাহমুদ=mahmud রিনা=rina শফিক=shafik সুমাইয়া=sumaiya",
    family:
      "আক্তার=akter আলম=alam ইসলাম=islam খান=khan চৌধুরী=chowdhury দাস=das বেগম=begum রহমান=rahman সরকার=sarkar হোসেন=hossain",
    doubles: false,
  }),
  readRegion({
    locale: "ta_IN",
    zones: "Asia/Kolkata",
    cities: "கோயம்புத்தூர்|சென்னை|மதுரை|திருச்சி",
    mobiles: "+91 0#### #####",
    given:
      "அருண்=arun இளங்கோ=elango கவிதா=kavitha செல்வி=selvi தமிழ்=tamil நிலா=nila மாலதி=malathi முருகன்=murugan ரமேஷ்=ramesh வேல்=vel",
    family:
      "அழகர்=alagar கந்தசாமி=kandasamy கோபால்=gopal சுந்தரம்=sundaram நடராஜன்=natarajan பாண்டியன்=pandian பிள்ளை=pillai ராஜா=raja லட்சுமணன்=lakshmanan வேலு=velu",
    doubles: false,
  }),
  readRegion({
    locale: "hy_AM",
    zones: "Asia/Yerevan",
    cities: "Գյումրի|Դիլիջան|Երևան|Վանաձոր",
    mobiles: "+374 0# ######",
    given:
      "Անահիտ=anahit Արամ=aram Գայանե=gayane Դավիթ=davit Լիլիթ=lilit Հայկ=hayk Մարիամ=mariam Նարեկ=narek Շուշան=shushan Տիգրան=tigran",
    family:
      "Աբրահամյան=abrahamyan Բաղդասարյան=baghdasaryan Գրիգորյան=grigoryan Դավթյան=davtyan Խաչատրյան=khachatryan Հակոբյան=hakobyan Մկրտչյան=mkrtchyan Պետրոսյան=petrosyan Սարգսյան=sargsyan Օհանյան=ohanyan",
  }),
  readRegion({
    locale: "ka_GE",
    zones: "Asia/Tbilisi",
    cities: "ბათუმი|თბილისი|ქუთაისი|რუსთავი",
    mobiles: "+995 0## ## ## ##",
    given:
      "ანა=ana გიორგი=giorgi დავით=davit ეკა=eka ვახტანგ=vakhtang თამარ=tamar ირაკლი=irakli ლევან=levan ნინო=nino ქეთევან=ketevan",
    family:
      "აბაშიძე=abashidze ბერიძე=beridze გელაშვილი=gelashvili დოლიძე=dolidze კაპანაძე=kapanadze ლომიძე=lomidze მაისურაძე=maisuradze ჩხეიძე=chkheidze წერეთელი=tsereteli ჯაფარიძე=japaridze",
  }),
  readRegion({
    locale: "zh_CN",
    zones: "Asia/Shanghai",
    cities: "北京|成都|上海|深圳",
    mobiles: "+86 0## #### ####",
    given:
      "伟=wei 芳=fang 秀英=xiuying 敏=min 静=jing 建国=jianguo 丽娜=lina 浩然=haoran 雪梅=xuemei 子涵=zihan 宇=yu 欣怡=xinyi 强=qiang 志明=zhiming",
    family:
      "陈=chen 黄=huang 李=li 林=lin 刘=liu 欧阳=ouyang 司马=sima 孙=sun 王=wang 吴=wu 徐=xu 张=zhang 赵=zhao 周=zhou",
    doubles: false,
  }),
  readRegion({
    locale: "ja_JP",
    zones: "Asia/Tokyo",
    cities: "大阪|京都|札幌|東京",
    mobiles: "+81 0# #### ####",
    given:
      "愛=ai 海斗=kaito 恵子=keiko 健太=kenta 美咲=misaki 直樹=naoki さくら=sakura 翔太=shota 結衣=yui ユウキ=yuki ひろ=hiro 陽菜=hina リサ=risa 蓮=ren",
    family:
      "伊藤=ito 加藤=kato 小林=kobayashi 佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 中村=nakamura 長谷川=hasegawa 林=hayashi 森=mori 山本=yamamoto 渡辺=watanabe 勅使河原=teshigawara",
    doubles: false,
  }),
  readRegion({
    locale: "ko_KR",
    zones: "Asia/Seoul",
    cities: "대구|부산|서울|인천",
    mobiles: "+82 0# #### ####",
    given:
      "민준=minjun 서연=seoyeon 지훈=jihun 하은=haeun 도윤=doyun 수빈=subin 예진=yejin 현우=hyunwoo 유나=yuna 태호=taeho 은=eun 가람=garam 나리=nari",
    family:
      "강=kang 김=kim 남궁=namgung 박=park 서=seo 송=song 윤=yoon 이=lee 임=lim 장=jang 정=jung 조=cho 최=choi 황보=hwangbo",
    doubles: false,
  }),
  readRegion({
    locale: "th_TH",
    zones: "Asia/Bangkok",
    cities: "กรุงเทพ|ขอนแก่น|เชียงใหม่|ภูเก็ต",
    mobiles: "+66 0# ### ####",
    given:
      "กานดา=kanda ชัย=chai ณัฐ=nat ดาว=dao นิภา=nipha ประเสริฐ=prasert พลอย=ploy มาลี=malee รุ่ง=rung วิชัย=wichai สมชาย=somchai สุดา=suda อรุณ=arun",
    family:
      "แก้วใส=kaewsai จันทร์ดี=chandee ทองคำ=thongkham ธนาคาร=thanakarn บุญมา=bunma พงษ์ศรี=phongsri รักไทย=rakthai วงศ์ใหญ่=wongyai ศรีสุข=srisuk สายทอง=saithong สุวรรณภูมิ=suwannaphum อยู่ดี=yudee ใจดี=chaidee",
    doubles: false,
  }),
];
