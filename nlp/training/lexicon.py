"""Words whose feeling is known without any corpus, written by the project: each teaches its head
like a very short post. Small corpora miss most of them (« honteux » is in none of the French
tweets). Words of the campaigns' own topics are neutral on purpose: to name violence, a law or a
complaint is no opinion.
"""

from collections.abc import Mapping
from typing import Final

FRENCH: Final[Mapping[str, str]] = {
    "neg": """
honte honteux honteuse honteusement scandale scandaleux scandaleuse inadmissible inacceptable
intolérable insupportable révoltant révoltante révolté révoltée dégoûtant dégoûtante dégoûté
dégoûtée dégueulasse écœurant écœurée ignoble immonde odieux abject horrible horreur affreux
affreuse atroce terrible effrayant effroyable épouvantable abominable monstrueux cruel cruelle
barbare inhumain triste tristesse malheureux malheureusement hélas désolant navrant lamentable
pitoyable minable médiocre nul nulle nullité pourri pourrie merde merdique ridicule absurde
stupide idiot idiote imbécile débile bête incompétent incompétence incapable irresponsable lâche
lâcheté hypocrite hypocrisie mensonge menteur menteuse menteurs mentir arnaque escroc voleur
voleurs corruption corrompu corrompus trahison traître échec échoué raté catastrophe
catastrophique désastre désastreux pire pires mauvais mauvaise mal déçu déçue décevant déception
colère rage énervé énervée énerve furieux furieuse marre saoulé soûle peur angoisse inquiet
inquiète inquiétant inquiétude douleur souffrance souffrir mort pleurer pleure larmes haine
haineux déteste détester méprisable mépris dommage problème problèmes pathétique grave
gravissime injuste injustice impunité impuni abandonné abandonnées personne rien aucun aucune
jamais inutile inefficace insuffisant dangereux danger menace toxique malsain malade fatigué
fatiguée épuisé ennuyeux chiant relou galère bâclé fail bof beurk
""",
    "pos": """
merci bravo félicitations félicitation chapeau super génial géniale géniaux excellent excellente
parfait parfaite formidable magnifique merveilleux merveilleuse splendide superbe sublime
extraordinaire incroyable fantastique fabuleux exceptionnel remarquable admirable brillant
brillante beau belle beaux belles joli jolie bon bonne meilleur meilleure meilleurs mieux top
cool sympa agréable adorable mignon mignonne drôle hilarant plaisir joie heureux heureuse
content contente ravi ravie bonheur enthousiaste enthousiasme fier fière fierté espoir espérer
encourageant encourager courage courageux courageuse soutien soutenir solidaire solidarité
respect reconnaissance reconnaissant gratitude utile précieux précieuse efficace réussi réussite
succès victoire gagné gagner progrès avancée amélioration aime adore adorer aimer amour kiffe
sourire rire vive hâte impatient génie inspirant inspirante touchant émouvant passionnant
intéressant recommande parfaitement enfin hourra youpi wow ouf bienvenue initiative continuez
""",
    "neu": """
réunion conférence presse communiqué annonce rapport étude enquête chiffres données selon
article loi projet ministère ministre gouvernement parlement commission association associations
adresse horaires ouverture formulaire information informations campagne sensibilisation
programme atelier formation journée semaine lundi mardi mercredi jeudi vendredi samedi dimanche
janvier mars signaler signalement plainte porter déposer police gendarmerie tribunal procureur
procès victime victimes violence violences harcèlement chantage numérique internet réseaux
sociaux compte photo femmes filles enfants disponible gratuit publie publié présente lance
demain comment quand combien voici infos direct interview émission replay vidéo
podcast
""",
}
ARABIC: Final[Mapping[str, str]] = {
    "neg": """
حشومة حشومه حكرة الحكرة عيب عار فضيحة شفارة شفار سراق فساد فاسد فاسدين خايب خايبة خايبين خانز
خانزة مقود كارثة مصيبة كارثي سيء سيئة أسوأ فشل فاشل فاشلة فاشلين ظلم ظالم ظالمين كذاب كذابة
كذابين كذب نفاق منافق منافقين خيانة خائن تفاهة تافه تافهين غبي غباء جاهل جهل حقير قذر وسخ موسخ
مسخوط لعنة حزين حزن مؤسف للأسف مؤلم ألم خوف خايف خايفة مرعب رعب كره كنكره مكره غضب معصب عيينا
عييت طفح تعبت تعبنا ندمت خسارة خسر ضاع ضايع موت بكاء كنبكي دموع مشكلة مشاكل أزمة صعيب صعب قهر
قهرتونا ضحكو كيضحكو احتقار مهزلة مسخرة عبث تخلف متخلف مقرف مقزز يقرف كيقرف زبل الزبل والو حسبي
لاحول بئس تبا اتفو تفو يع حرام مايصلحش ماكاينش خيبتونا صدمة مصدوم مخيب خطر خطير مافيهش عنصرية
مهين إهانة باطل ماعجبنيش معجبنيش مبقيتش ضعيف
""",
    "pos": """
زوين زوينة زوينين غزال غزالة واعر واعرة واعرين مزيان مزيانة مزيانين ناضي ناضية رائع رائعة جميل
جميلة ممتاز ممتازة هايل هايلة خطيرين عظيم عظيمة مذهل تحفة شكرا شكر نشكر مشكور مشكورين برافو
تبارك ماشاء تبركلاه مبروك مبارك هنيئا تهانينا فرحان فرحانة فرح فرحة سعيد سعيدة سعادة مسرور نحب
كنحب كنبغي بغيتك حبيبي حبيبتي عشق احترام احترامي تحية تحياتي فخر فخور فخورة فخورين بطل أبطال
بطلة شجاع شجاعة مجهود مجهودات نجاح ناجح ناجحة نجحنا فوز ربحنا انتصار أمل تفاؤل متفائل خير الخير
بركة يحفظك يحفظكم يعطيك الصحة يوفقك يوفقكم التوفيق موفق موفقين أحسن أفضل أجمل أروع حلو حلوة لذيذ
عجبني عجبتني كيعجبني يستاهل تستاهل قوة دعم متضامن تضامن كفاءة نقي نقية صادق مخلص طيب طيبة أخلاق
نور هنا الهنا راحة مفيد مفيدة حمد
""",
    "neu": """
اجتماع ندوة بلاغ بيان تقرير دراسة أرقام إحصائيات قانون مشروع وزارة وزير حكومة برلمان لجنة جمعية
جمعيات رقم أخضر عنوان توقيت استمارة معلومات معلومة حملة تحسيس توعية برنامج ورشة تكوين يوم أسبوع
الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد تبليغ بلغ شكاية شكايات الشرطة الدرك المحكمة
الوكيل محاكمة ضحية ضحايا عنف العنف تحرش ابتزاز رقمي انترنت حساب صورة نساء النساء بنات أطفال
مجاني متوفر نشر ينشر تقديم إطلاق غدا اليوم شحال فين كيفاش إمتى شكون واش هاهو مباشر فيديو حلقة
""",
}
"""Darija and standard Arabic. Arabizi learns from them through the skeletons."""

ARABIZI: Final[Mapping[str, str]] = {
    "neg": """
7chouma hchouma 7okra l7ogra 3ib 3ar fdi7a cheffara chefar fasad khayb khayba 5ayb khanz mkewda
mssiba karita fachel dolm dalem kedab kdoub kdab monafi9 tafiha tafhin mskhout 7zin mouassif
khof khayf khayfa kankrah mkreh m3esseb 3yina 3yit khsara bkit kanbki mochkil machakil s3ib 9ahr
ydehko kaydehko mahzala zbel walo hasbiya tfou 7ram mayslahch khatir ma3jebnich ghabi jahel
khaneq
""",
    "pos": """
zwin zwina zwinin ghzal ghzala wa3er wa3ra wa3rin mezyan mzyan mezyana nadi nadya ra2i3 jamil
hayel chokran choukran merci bravo tbarkllah tbarkellah machallah mabrouk mbrouk far7an ferhan
fer7ana fer7a kanbghi kan7eb nbghik 7bibi hbibi hbibti e7tiram ihtiram ta7iya ta7iyati fakhour
btal chja3 majhoud naja7 nja7 rb7na fouz amal lkhir baraka yhfdek yhafdek y7fdek ya3tik sse7a
sa7a tawfi9 mowafa9 7ssen a7san 3jebni 3jbatni kay3jebni ystahel tstahel quwa moufid hamdollah
l7amdolilah
""",
    "neu": """
ijtima3 nadwa ra9m 3onwan we9t ma3loma ma3lomat 7amla barnamaj nhar simana ghedda lyoum lboulis
mahkama chikaya ta7arroch 3onf nssa bnat drari compte tswira fabor chhal fin kifach imta chkoun
wach
""",
}
"""Darija in Latin script."""

FRENCH_ABUSE: Final[Mapping[str, str]] = {
    "off": """
connard connards connasse connasses pute putes salope salopes enculé enculés bâtard bâtards
tapette gouine bougnoule sale sales vermine parasites cafards ordure ordures déchets pourriture
raclure racaille crevure porc porcs truie chienne chiennes débile débiles attardé attardée crétin
crétine abruti abrutie idiote laideron dégage dégagez crève crevez exterminer éliminer égorger
brûler frapper violer inférieurs inférieures sauvages singe singes déteste hais méprise dégoûtent
dégoûtants dégoûtantes répugnants répugnante vomir maudits nuisibles
""",
    "not": """
dénoncer dénonce dénonçons condamner condamne inacceptable respect respecter droits égalité
protéger soutien solidarité victimes signaler signalez contre stop campagne sensibilisation aimer
adore adorable bienvenue amis association formation bravo merci police justice loi plainte jamais
personne
""",
}
"""Words of insult and threat, and words of those who speak up against them."""

ENGLISH_ABUSE: Final[Mapping[str, str]] = {
    "off": """
idiot idiots stupid dumb dumbass moron morons bitch bitches slut sluts whore whores cunt asshole
assholes bastard bastards trash garbage scum pig pigs cow cows dog dogs disgusting loser losers
retard retarded freak freaks fag fags faggot ugly pathetic clown clowns donkey donkeys parasite
parasites vermin filthy savages animals worthless useless brainless shut fuck fucking fucker kill
die rape hang dirty disgrace
""",
    "not": """
report reported block support supports solidarity respect thank thanks proud brave courage victim
victims survivor survivors rights law police court campaign workshop helpline help stop against
together women girls girl child children nobody never condemn denounce love welcome
""",
}
"""The same in English, in which no corpus of abuse is learnt from."""
