"""Words around a help line's number that tell a call from a count, in everybody's spellings.

One word or phrase a space; `*` is any ending, `_` a space inside a phrase.
"""

from typing import Final

CALLS: Final = """
fait_le fais_le faites_le faire_le appel* rappel* telephon* compos* contact* joign* signal* denonce*
alert* prevenez prevenir call calls calling dial phone report contact ring 3ayet 3ayt 3ayto 3aytou
3aytu 3ayeto 3ayetu 3ayetou 3ayyet 3ayyt 3ayyto 3ayat 3ayato 3iyet 3iyto 3iyt 3iytou 3ayti 3ayet*
3ayto* ayto ayet teslo tasel tasl taslo tasslo tassel tssl tasel* ttasel ttaslo tatsel tatasel
tetasel itasil itassil ittasil itaslo ittasilo ittasl* itasl* attasil goulo golo goulha chkaw chki
chkiw ballgh ballghou bellgh bellgho blgho blghu اتصل* إتصل* تصل* الاتصال اتصال بالاتصال عيط* كلم
كلمو كلموا هاتفوا بلغ بلغو بلغوا بلّغي تبلغو شكيو شكاو اشتكي اشتكيو دقو
"""
NUMBER_WORDS: Final = """
numero numeros num n° nº nr no number ligne line hotline helpline vert tel telephone nmra nemra
nimra nimero numiro noumero raqm ra9m ra9em rqm رقم الرقم برقم للرقم نمرة النمرة نمره خط الخط هاتف
الهاتف
"""
POLICE: Final = """
police polices bolis boulis bouliss bulis blis lbolis lboulis lbulis lpolice polis lpolis chorta
chourta shorta choria dgsn surete_nationale surete شرطة الشرطة للشرطة بالشرطة والشرطة شرطه بوليس
البوليس للبوليس لبوليس بالبوليس الأمن للأمن بالأمن والأمن الأمن_الوطني
"""
FILLERS: Final = """
le la les l au aux sur a ou de du des d vite directement immediatement tout suite secours national*
gratuit* urgence* par via avec notre votre leur ce est vous nous moi svp stp simplement juste numero
num n° nº number ligne line vert telephone tel the on at is to our free toll emergency help hotline
helpline ecoute aide assistance just dyal dial dyalhom dialhom 3la 3l 3nd b f fi l had hadi hiya
howa huwa nmra nemra nimero raqm ra9m direct deghya daba على علا في ب ع ل هو هي مع عل رقم الرقم برقم
بالرقم للرقم نمرة النمرة هاد هذا الوطنية الوطني مباشرة ديال المجاني مجانا الأخضر فورا دابا غير لي
اللي
"""
AFTER: Final = """
de la du c est numero num pour le is the number for d dial dyal hiya howa huwa l secours dl ديال
هو رقم الرقم لي اللي نمرة
"""
COUNTED: Final = """
vue vues vu view views like likes fois abonne* follower* personne* gens femme* fille* homme*
victime* cas plainte* signalement* appels calls message* participant* membre* inscrit* jeune*
enfant* eleve* people women men girls cases complaints km kg m metre* dh dhs mad dirham* drham drhem
ryal euro* eur usd dollar* million* milliard* mille k an ans annee* mois jour* j semaine* heure* h
min minute* seconde* year* day* hour* week* month* janv* janvier fev* mars avr* mai juin juil* aout
sept* oct* nov* dec* jan feb* march april may june july aug* ieme eme e er th page* point* place*
ville* partage* share* commentaire* comment* post posts tweet* article* etablissement* ecole*
region* pays suspect* individu* arrest* prevenu* accuse* agent* 3am 3amayn nhar chhar wahed bnt bnat
wld wlad sa3a sa3at moutabi3 mochahada مشاهدة مشاهدات مشاهد* درهم دراهم ريال سنة سنوات عام عاما شهر*
يوم* أيام ساعة ساعات دقيقة شخص* أشخاص امرأة مرا نساء نسا حالة حالات شكاية شكايات متابع* مليون ألف
آلاف يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر إعجاب* تعليق* منشور*
تلميذ* مدينة مكالمة مكالمات بنت بنات ضحية ضحايا رسالة موقوف* مشتبه* بلاغ بلاغات نهار mw kw w gw
garde* detenu* accident* infraction* voiture* moto* controle* policier* nouveau* nouvel* autre* new
other* telespectateur* mot mots word* degre* par_mois par_jour par_an per_month retweet* repost*
signature* signataire* reaction* clic* click* download* telechargement* impression* visiteur*
visitor* visites lecteur* spectateur* etudiant* student* citoyen* citizen* manifestant*
beneficiaire* habitant* famille* couple* mort* blesse* dossier* affaires exemplaire* copies livres
tonne* litre* hectare* go mo gb mb mdh md mm cm kwh bent drari 3ayla talmid tilmid* mwatin* دولار*
درهما دراهما كلم كيلو* كيلومتر* غرام طن هكتار مواطن* طالب* زائر* توقيع* مشارك* مستفيد* مستفيدة
مستخدم* أسرة اسر أسر قتيل* جريح* ملف ملفات قضية نسخة تحميل* إعادة سم م طفل* رجل* فتاة فتيات شاب شباب
"""
NAMING: Final = """
page pages route iphone nokia samsung peugeot modele model annee year عام سنة bus vol flight train
chambre room bureau salle article ref reference dossier lot paye payer paid coute coutent cost gagne
gagner facture_de loyer_de salaire_de prix_de budget_de montant_de somme_de total_de chiffre_de
chrit khlest taman ثمن تمن الثمن بثمن خلصت شريتو_ب شريت_ب
"""
"""Words after which a number names a thing, a year or a price."""
ORDINARY: Final = """
إبلاغ حماية يقظة إنصات تبليغ بلاغ رقابة protection vigilance ecoute signalement himaya iblagh
tabligh blagh report help stop alerte
"""
"""Everyday words: as a signpost's name they count only in quotation marks, as a hashtag, or beside
one of `PLATFORMS`."""
PLATFORMS: Final = """
منصة فمنصة المنصة لمنصة بمنصة للمنصة ومنصة تطبيق التطبيق بوابة موقع خدمة plateforme plateformes
platform application app appli site portail portal service dgsn lplateforme lapp laplateforme
"""
