/*
 * check_words.c - the words that make a question ask who somebody is, in six languages. Data for
 * check_match.c, which says how phrases are written. Only whole phrases stand here that rarely mean
 * anything else: a linter that cries wolf is switched off.
 */
#include "forms/check_match.h"

const struct check_words check_words[] = {
	{CHECK_NAME, "en",
		"your name|your full name|full name|first name|last name|family name|surname|"
		"nickname|maiden name|real name|=name|=names|your initials|"
		"name of the person|names of the people|whose name|your signature|who is your "
		"dealer"},
	{CHECK_NAME, "fr",
		"votre nom|ton nom|nom complet|prénom|prénoms|nom de famille|surnom|=nom|"
		"=noms|vos initiales|comment vous appelez vous|comment t appelles tu|"
		"nom de la personne|votre signature"},
	{CHECK_NAME, "es",
		"tu nombre|su nombre|nombre completo|nombre y apellido*|apellido|apellidos|"
		"apodo|=nombre|tus iniciales|sus iniciales|cómo te llamas|"
		"cómo se llama usted|nombre de la persona|tu firma|su firma"},
	{CHECK_NAME, "pt",
		"seu nome|teu nome|nome completo|sobrenome|apelido|primeiro nome|=nome|"
		"suas iniciais|tuas iniciais|como se chama|como te chamas|como você se chama|"
		"nome da pessoa|sua assinatura"},
	{CHECK_NAME, "ru",
		"ваше имя|твоё имя|как вас зовут|как тебя зовут|фамилия|фамилию|фамилии|"
		"отчество|полное имя|имя и фамили*|ваши инициалы|прозвище|=имя|фио|"
		"имя человека|ваша подпись"},
	{CHECK_NAME, "ar",
		"اسمك|اسمكم|=الاسم|الاسم الكامل|الاسم الأول|اسم العائلة|لقبك|لقبكم|"
		"كنيتك|كنيتكم|ما اسم الشخص|توقيعك|توقيعكم"},
	{CHECK_CONTACT, "en",
		"phone number|telephone number|mobile number|cell number|cellphone number|"
		"your phone|your telephone|your mobile|can we contact you|contact you at|"
		"contact details|contact information|e mail address|email address|your email|"
		"your e mail|whatsapp number|your whatsapp|your telegram|your instagram|"
		"your facebook|your username|user name|social media account|call you back|"
		"=phone|=telephone|=mobile|=email|=e mail|=contact"},
	{CHECK_CONTACT, "fr",
		"numéro de téléphone|votre téléphone|votre portable|numéro de portable|"
		"adresse e mail|adresse email|adresse mail|adresse électronique|votre e mail|"
		"votre email|votre mail|votre courriel|adresse courriel|vos coordonnées|"
		"votre whatsapp|nom d utilisateur|=téléphone|=courriel|=e mail|=email|"
		"=contact"},
	{CHECK_CONTACT, "es",
		"número de teléfono|tu teléfono|su teléfono|número de móvil|"
		"número de celular|tu celular|su celular|tu móvil|correo electrónico|"
		"tu email|su email|tu correo|su correo|datos de contacto|tu whatsapp|"
		"su whatsapp|nombre de usuario|=teléfono|=correo|=email|=contacto"},
	{CHECK_CONTACT, "pt",
		"número de telefone|seu telefone|teu telefone|seu celular|seu telemóvel|"
		"número de telemóvel|número de celular|seu e mail|seu email|"
		"correio eletrónico|correio eletrônico|endereço de e mail|endereço de email|"
		"endereço eletrónico|dados de contato|dados de contacto|seu whatsapp|"
		"nome de usuário|=telefone|=telemóvel|=celular|=email|=e mail|=contacto|"
		"=contato"},
	{CHECK_CONTACT, "ru",
		"номер телефона|номер вашего телефона|ваш телефон|ваш номер|телефонный номер|"
		"номер мобильного|электронная почта|электронной почты|ваша почта|ваш e mail|"
		"ваш email|ваш telegram|ваш телеграм|ваш whatsapp|контактные данные|"
		"ваши контакты|ваш ник|=телефон|=почта|=контакт"},
	{CHECK_CONTACT, "ar",
		"رقم الهاتف|رقم هاتفك|رقم هاتفكم|رقم جوالك|رقم الجوال|رقم الموبايل|"
		"رقم المحمول|هاتفك|هاتفكم|بريدك الإلكتروني|بريدكم الإلكتروني|"
		"البريد الإلكتروني|عنوان البريد|بيانات الاتصال|حسابك على|=الهاتف|=البريد"},
	{CHECK_ADDRESS, "en",
		"your address|home address|street address|postal address|mailing address|"
		"house number|postcode|post code|zip code|postal code|name of the street|"
		"which street|what street|your street|gps|coordinates|latitude|longitude|"
		"=address"},
	{CHECK_ADDRESS, "fr",
		"votre adresse|adresse postale|adresse du domicile|code postal|nom de la rue|"
		"nom de votre rue|quelle rue|coordonnées gps|latitude|longitude|=adresse"},
	{CHECK_ADDRESS, "es",
		"tu dirección|su dirección|tu domicilio|su domicilio|dirección postal|"
		"código postal|nombre de la calle|qué calle|coordenadas|latitud|longitud|"
		"=dirección|=domicilio"},
	{CHECK_ADDRESS, "pt",
		"seu endereço|sua morada|tua morada|código postal|cep|nome da rua|que rua|"
		"qual rua|coordenadas|latitude|longitude|=endereço|=morada"},
	{CHECK_ADDRESS, "ru",
		"ваш адрес|домашний адрес|почтовый адрес|адрес проживания|адрес дома|"
		"почтовый индекс|название улицы|какой улице|координаты|широта|долгота|=адрес"},
	{CHECK_ADDRESS, "ar",
		"عنوانك|عنوانكم|عنوان السكن|عنوان المنزل|عنوان البيت|الرمز البريدي|"
		"اسم الشارع|أي شارع|إحداثيات|=العنوان"},
	{CHECK_NUMBER, "en",
		"passport number|identity card number|id card number|id number|national id|"
		"identity number|identification number|social security number|"
		"insurance number|health card number|patient number|client number|"
		"client code|registration number|case number|prisoner number|"
		"unique identifier code|driving licence number|plate number"},
	{CHECK_NUMBER, "fr",
		"numéro de passeport|numéro de carte|numéro de sécurité sociale|"
		"numéro de dossier|numéro d identité|numéro d identification|"
		"numéro de patient|numéro d écrou|code client"},
	{CHECK_NUMBER, "es",
		"número de pasaporte|número de documento|número de identidad|"
		"número de identificación|dni|número de cédula|número de expediente|"
		"número de seguridad social|curp|número de paciente|código de cliente"},
	{CHECK_NUMBER, "pt",
		"número do passaporte|número de passaporte|número de identificação|"
		"número de identidade|número do cartão|cpf|nif|número de utente|"
		"número do processo|número de segurança social|código de cliente"},
	{CHECK_NUMBER, "ru",
		"номер паспорта|паспортные данные|серия и номер|снилс|инн|номер полиса|"
		"номер дела|номер карты|идентификационный номер|код клиента"},
	{CHECK_NUMBER, "ar",
		"رقم جواز|رقم الجواز|رقم الهوية|رقم هويتك|رقم هويتكم|الرقم الوطني|"
		"رقم البطاقة|رقم بطاقتك|رقم الملف|رقم الضمان"},
	{CHECK_BIRTH, "en",
		"date of birth|birth date|birthdate|birthday|dob|year of birth|birth year|"
		"month of birth|when were you born|year were you born|day were you born|"
		"date were you born|month were you born"},
	{CHECK_BIRTH, "fr",
		"date de naissance|année de naissance|mois de naissance|votre anniversaire|"
		"quand êtes vous né*|année êtes vous né*|jour êtes vous né*|"
		"mois êtes vous né*"},
	{CHECK_BIRTH, "es",
		"fecha de nacimiento|año de nacimiento|mes de nacimiento|cuándo naciste|"
		"cuándo nació|año naciste|año nació|día naciste|día nació|tu cumpleaños|"
		"su cumpleaños"},
	{CHECK_BIRTH, "pt",
		"data de nascimento|ano de nascimento|mês de nascimento|quando nasceu|"
		"quando nasceste|ano nasceu|ano nasceste|dia nasceu|seu aniversário"},
	{CHECK_BIRTH, "ru",
		"дата рождения|дату рождения|дата вашего рождения|год рождения|"
		"год вашего рождения|месяц рождения|когда вы родились|году вы родились|"
		"день рождения|день вашего рождения"},
	{CHECK_BIRTH, "ar",
		"تاريخ الميلاد|تاريخ ميلادك|تاريخ ميلادكم|سنة الميلاد|سنة ميلادك|سنة ميلادكم|"
		"تاريخ الولادة|تاريخ ولادتك|متى ولدت|متى ولدتم|سنة ولدت|سنة ولدتم|عيد ميلادك"},
	{CHECK_DATE, "en",
		"exact date|what date|which date|date of|on what day|on which day|"
		"the date when|date and time|exact day|exact time|=date"},
	{CHECK_DATE, "fr",
		"date exacte|quelle date|date de|date du|date et heure|quel jour|jour exact|"
		"=date"},
	{CHECK_DATE, "es",
		"fecha exacta|qué fecha|fecha de|fecha del|fecha y hora|qué día|día exacto|"
		"=fecha"},
	{CHECK_DATE, "pt",
		"data exata|que data|qual data|data de|data da|data do|data e hora|que dia|"
		"dia exato|=data"},
	{CHECK_DATE, "ru",
		"точная дата|точную дату|какого числа|какая дата|укажите дату|напишите дату|"
		"дата и время|какой день|какой именно день|=дата"},
	{CHECK_DATE, "ar",
		"التاريخ الدقيق|أي تاريخ|ما تاريخ|ما هو تاريخ|اليوم المحدد|في أي يوم|=التاريخ"},
	{CHECK_AREA, "en",
		"which city|what city|which town|what town|city or town|town or city|"
		"which village|what village|name of the city|name of the town|"
		"name of the village|name of the place|name of the service|"
		"name of the clinic|name of the hospital|name of the organisation|"
		"name of the organization|name of the prison|name of the school|"
		"name of your clinic|name of your town|name of your city|which neighbourhood|"
		"what neighbourhood|which neighborhood|what neighborhood|which district|"
		"what district|which municipality|which province|which county|which clinic|"
		"which hospital|which prison|which school|which service do you|"
		"which area do you|what area do you|place of birth|birthplace|"
		"place of residence|place of work|hometown|home town|your location|"
		"exact location|exact place|which place|what place|in which state|"
		"which state do you|which region do you|which part of the country|=city|"
		"=town|=village|=district|=municipality|=province|=location|=place|"
		"=your city|=your town|=your village|=your district|=hospital|=clinic"},
	{CHECK_AREA, "fr",
		"quelle ville|quel village|quel quartier|quelle commune|quel département|"
		"quelle région habitez|quelle région vivez|quelle province|nom de la ville|"
		"nom de votre ville|nom du village|nom du lieu|nom du service|"
		"nom de l hôpital|nom de la clinique|nom de la prison|nom du centre|"
		"nom de l association|quel hôpital|quelle clinique|quel centre|quelle prison|"
		"lieu de naissance|lieu de résidence|lieu de travail|lieu exact|quel endroit|"
		"=ville|=village|=quartier|=commune|=lieu|=votre ville|=province|=hôpital"},
	{CHECK_AREA, "es",
		"qué ciudad|cuál ciudad|qué pueblo|qué barrio|qué municipio|qué distrito|"
		"qué localidad|qué provincia|qué departamento|nombre de la ciudad|"
		"nombre de tu ciudad|nombre del pueblo|nombre del lugar|nombre del servicio|"
		"nombre del hospital|nombre de la clínica|nombre de la cárcel|"
		"nombre del centro|nombre de la organización|qué hospital|qué clínica|"
		"qué centro|qué cárcel|lugar de nacimiento|lugar de residencia|"
		"lugar de trabajo|lugar exacto|qué lugar|=ciudad|=pueblo|=barrio|=municipio|"
		"=localidad|=lugar|=tu ciudad|=provincia|=hospital"},
	{CHECK_AREA, "pt",
		"que cidade|qual cidade|qual é a sua cidade|que bairro|qual bairro|"
		"que município|qual município|que concelho|que freguesia|que aldeia|"
		"que distrito|que província|que estado vive|nome da cidade|"
		"nome da sua cidade|nome da aldeia|nome do lugar|nome do local|"
		"nome do serviço|nome do hospital|nome da clínica|nome da prisão|"
		"nome do centro|nome da organização|que hospital|que clínica|que centro|"
		"que prisão|local de nascimento|lugar de nascimento|local de residência|"
		"local de trabalho|lugar exato|local exato|=cidade|=bairro|=município|=lugar|"
		"=local|=localidade|=distrito|=província|=hospital"},
	{CHECK_AREA, "ru",
		"каком городе|какой город|ваш город|каком селе|какое село|каком районе|"
		"какой район|какой области|каком посёлке|населённый пункт|населённом пункте|"
		"название города|название места|название службы|название больницы|"
		"название клиники|название колонии|название центра|название организации|"
		"какой больнице|какая больница|какой клинике|какая клиника|каком центре|"
		"какой колонии|место рождения|место жительства|место работы|месте жительства|"
		"точное место|каком именно месте|=город|=село|=район|=место|=область|"
		"=больница"},
	{CHECK_AREA, "ar",
		"أي مدينة|ما مدينتك|ما مدينتكم|ما هي مدينتك|ما هي مدينتكم|اسم المدينة|"
		"اسم مدينتك|اسم القرية|أي قرية|أي حي|أي منطقة|أي بلدة|أي محافظة|اسم المكان|"
		"اسم المركز|اسم المستشفى|اسم العيادة|اسم السجن|اسم المؤسسة|أي مستشفى|"
		"أي عيادة|أي مركز|أي سجن|مكان الولادة|مكان ولادتك|مكان السكن|مكان الإقامة|"
		"مكان العمل|المكان بالتحديد|المكان الدقيق|=المدينة|=القرية|=الحي|=المنطقة|"
		"=المكان|=المحافظة|=المستشفى"},
	{CHECK_WHERE, "en",
		"^where|tell us where|say where|write where|describe where|indicate where"},
	{CHECK_WHERE, "fr",
		"^où|^d où|^par où|indiquez où|dites nous où|précisez où|décrivez où|"
		"à quel endroit"},
	{CHECK_WHERE, "es",
		"^dónde|^de dónde|^adónde|^a dónde|indica dónde|indique dónde|dinos dónde|"
		"describe dónde|en qué sitio"},
	{CHECK_WHERE, "pt", "^onde|^de onde|^aonde|indique onde|diga nos onde|descreva onde"},
	{CHECK_WHERE, "ru", "^где|^куда|^откуда|укажите где|напишите где|опишите где"},
	{CHECK_WHERE, "ar", "^أين|^من أين|^إلى أين|اذكروا أين|اكتبوا أين"},
	{CHECK_ID, "en",
		"phone|telephone|telefono|telefone|email|mail|courriel|whatsapp|telegram|gps|"
		"geopoint|latitude|longitude|dob|birthdate|birthday|passport|ssn|dni|cpf|"
		"surname|firstname|lastname|fullname|nickname|first name|last name|full name|"
		"postcode|zipcode|zip|address|prenom|apellido|apellidos|sobrenome|adresse|"
		"direccion|endereco|username|hometown|birthplace|city name|town name|"
		"person name|your name|respondent name"},
	{CHECK_AGE, "en",
		"how old are you|your age|=age|age group|age band|age range|age in years|"
		"age category|what age are you"},
	{CHECK_AGE, "fr",
		"quel âge avez vous|quel âge as tu|votre âge|=âge|tranche d âge|groupe d âge|"
		"classe d âge"},
	{CHECK_AGE, "es",
		"qué edad tiene*|cuántos años tiene*|tu edad|su edad|=edad|grupo de edad|"
		"rango de edad"},
	{CHECK_AGE, "pt",
		"qual é a sua idade|qual a sua idade|sua idade|tua idade|quantos anos tem|"
		"que idade tem|=idade|faixa etária|grupo etário|grupo de idade"},
	{CHECK_AGE, "ru", "сколько вам лет|ваш возраст|=возраст|возрастная группа"},
	{CHECK_AGE, "ar", "كم عمرك|كم عمركم|عمرك|عمركم|=العمر|الفئة العمرية|كم سنك|كم سنكم"},
	{CHECK_GENDER, "en",
		"your gender|=gender|gender identity|your sex|=sex|sex at birth|"
		"assigned at birth|gender do you|gender are you|are you a man|are you a woman"},
	{CHECK_GENDER, "fr",
		"votre genre|=genre|quel genre|identité de genre|votre sexe|=sexe|"
		"assigné à la naissance"},
	{CHECK_GENDER, "es",
		"tu género|su género|=género|identidad de género|tu sexo|su sexo|=sexo|"
		"asignado al nacer"},
	{CHECK_GENDER, "pt",
		"seu género|seu gênero|=género|=gênero|identidade de género|"
		"identidade de gênero|seu sexo|=sexo|mulher homem ou|designado à nascença"},
	{CHECK_GENDER, "ru", "ваш пол|=пол|свой гендер|ваш гендер|=гендер|гендерная идентичность"},
	{CHECK_GENDER, "ar",
		"جنسك|=الجنس|=النوع|هويتك الجندرية|هويتكم الجندرية|الهوية الجندرية|"
		"نوعكم الاجتماعي|نوعك الاجتماعي"},
	{CHECK_ORIGIN, "en",
		"your ethnic*|ethnicity|ethnic group|=race|your race|your nationality|"
		"=nationality|your citizenship|identify as indigenous|are you indigenous|"
		"your religion|=religion|mother tongue|first language|country of birth|"
		"country were you born|are you a migrant|are you a refugee|migration status|"
		"immigration status|your tribe|your caste"},
	{CHECK_ORIGIN, "fr",
		"origine ethnique|groupe ethnique|ethnie|votre nationalité|=nationalité|"
		"votre religion|=religion|langue maternelle|pays de naissance|"
		"quel pays êtes vous né*|peuple autochtone|êtes vous migrant*|"
		"statut migratoire"},
	{CHECK_ORIGIN, "es",
		"origen étnico|grupo étnico|etnia|tu nacionalidad|su nacionalidad|"
		"=nacionalidad|tu religión|su religión|=religión|lengua materna|"
		"país de nacimiento|país naciste|pueblo indígena|pueblos indígenas|"
		"situación migratoria|estatus migratorio"},
	{CHECK_ORIGIN, "pt",
		"origem étnica|grupo étnico|etnia|sua raça|cor da pele|sua nacionalidade|"
		"=nacionalidade|sua religião|=religião|língua materna|país de nascimento|"
		"país nasceu|povo indígena|povos indígenas|situação migratória"},
	{CHECK_ORIGIN, "ru",
		"этническ*|ваша национальность|=национальность|ваше гражданство|=гражданство|"
		"вероисповедание|ваша религия|=религия|родной язык|страна рождения|"
		"какой стране вы родились|коренному народу|миграционный статус"},
	{CHECK_ORIGIN, "ar",
		"الأصل العرقي|أصلكم العرقي|أصلك العرقي|جنسيتك|جنسيتكم|=الجنسية|ديانتك|"
		"ديانتكم|=الدين|اللغة الأم|لغتكم الأم|بلد الولادة|الشعوب الأصلية|وضع الهجرة"},
	{CHECK_WORK, "en",
		"your occupation|=occupation|your profession|=profession|your job|=job|"
		"what work do you do|main job|employment status|are you employed|"
		"do for a living"},
	{CHECK_WORK, "fr",
		"votre profession|=profession|votre métier|=métier|votre emploi|"
		"situation professionnelle|statut d emploi"},
	{CHECK_WORK, "es",
		"tu ocupación|su ocupación|=ocupación|tu profesión|su profesión|=profesión|"
		"tu trabajo|su trabajo|a qué te dedicas|a qué se dedica|situación laboral"},
	{CHECK_WORK, "pt",
		"sua profissão|=profissão|sua ocupação|=ocupação|seu trabalho|seu emprego|"
		"situação profissional|situação laboral"},
	{CHECK_WORK, "ru",
		"ваша профессия|=профессия|кем вы работаете|род занятий|ваша работа|"
		"ваша должность|статус занятости"},
	{CHECK_WORK, "ar",
		"مهنتك|مهنتكم|=المهنة|وظيفتك|وظيفتكم|الوضع الوظيفي|طبيعة عملك|طبيعة عملكم"},
	{CHECK_FAMILY, "en",
		"marital status|are you married|relationship status|how many children do you|"
		"number of children|household size|how many people live in your|"
		"size of your household"},
	{CHECK_FAMILY, "fr",
		"situation familiale|état civil|êtes vous marié*|combien d enfants avez|"
		"taille du ménage|combien de personnes vivent"},
	{CHECK_FAMILY, "es",
		"estado civil|cuántos hijos tiene*|cuántas personas viven|tamaño del hogar"},
	{CHECK_FAMILY, "pt",
		"estado civil|quantos filhos tem|quantas pessoas vivem|quantas pessoas moram|"
		"agregado familiar"},
	{CHECK_FAMILY, "ru",
		"семейное положение|сколько у вас детей|сколько человек живёт|"
		"сколько человек проживает"},
	{CHECK_FAMILY, "ar",
		"الحالة الاجتماعية|الحالة العائلية|الحالة الزوجية|كم طفلا لديك|كم طفلا لديكم|"
		"عدد الأطفال|عدد أفراد الأسرة"},
	{CHECK_SCHOOL, "en",
		"level of education|education level|highest education|=education|"
		"highest qualification|school did you complete|education have you completed|"
		"your education"},
	{CHECK_SCHOOL, "fr",
		"niveau d études|niveau d éducation|niveau scolaire|niveau d instruction|"
		"plus haut diplôme"},
	{CHECK_SCHOOL, "es",
		"nivel de estudios|nivel educativo|nivel de educación|nivel de escolaridad"},
	{CHECK_SCHOOL, "pt",
		"nível de escolaridade|nível de ensino|nível de educação|sua escolaridade|"
		"=escolaridade"},
	{CHECK_SCHOOL, "ru",
		"уровень образования|ваше образование|какое у вас образование|=образование"},
	{CHECK_SCHOOL, "ar",
		"المستوى التعليمي|مستوى التعليم|مستواك التعليمي|مستواكم التعليمي|"
		"المؤهل العلمي"},
	{CHECK_SENSITIVE, "en",
		"hiv|aids|hepatitis|tuberculosis|syphilis|sexually transmitted|prison|"
		"prisons|jail|detention|detained|arrest|arrested|arrests|sex work|sex worker|"
		"sex workers|transactional sex|violence|violent|rape|raped|assault|assaulted|"
		"abused|abortion|suicide|suicidal|self harm|sexual orientation|"
		"sexual partners|overdose|overdosed|undocumented|"
		"immigration status|criminal record|tortured|torture|trafficked|illegal|crime"},
	{CHECK_SENSITIVE, "fr",
		"vih|sida|hépatite|hépatites|tuberculose|syphilis|"
		"sexuellement transmissible*|prison|prisons|détention|détenu*|arrestation*|"
		"travail du sexe|travailleuse* du sexe|violence|violences|violent*|viol|"
		"viols|violée|agression*|agressé*|avortement*|suicide*|orientation sexuelle|"
		"surdose*|overdose*|sans papiers|casier judiciaire|torture*|"
		"illégal*"},
	{CHECK_SENSITIVE, "es",
		"vih|sida|hepatitis|tuberculosis|sífilis|transmisión sexual|cárcel|cárceles|"
		"prisión|detenido|detenida|detención|detenciones|arrestado|arrestada|"
		"arresto*|trabajo sexual|violencia|violento|violenta|violación|violaciones|"
		"agresión|agresiones|agredid*|aborto*|suicidio|suicid*|orientación sexual|"
		"sobredosis|indocumentad*|antecedentes penales|tortura*|ilegal*"},
	{CHECK_SENSITIVE, "pt",
		"vih|hiv|sida|aids|hepatite*|tuberculose|sífilis|sexualmente transmiss*|"
		"prisão|prisões|cadeia|detido|detida|detenção|detenções|trabalho sexual|"
		"violência|violento|violenta|violação|estupro*|agressão|agressões|agredid*|"
		"aborto*|suicídio|suicid*|orientação sexual|"
		"overdose*|indocumentad*|antecedentes criminais|tortura*|ilegal*"},
	{CHECK_SENSITIVE, "ru",
		"вич|спид|гепатит*|туберкул*|сифилис*|половым путём|тюрьм*|колонии|сизо|"
		"арест*|задержан*|задержали|секс работ*|насили*|изнасил*|аборт*|суицид*|"
		"самоубийств*|сексуальная ориентация|сексуальную ориентацию|"
		"сексуальной ориентации|передозиров*|без документов|судимост*|"
		"пытк*|пытали"},
	{CHECK_SENSITIVE, "ar",
		"فيروس نقص المناعة*|الإيدز|التهاب الكبد|السل|الزهري|المنقولة جنسيا|السجن|سجن|"
		"سجون|سجنتم|الاحتجاز|احتجاز|احتجزتم|الاعتقال|اعتقال|اعتقلتم|توقيف|"
		"العمل الجنسي|العمل بالجنس|العنف|عنف|عنيف|الاغتصاب|اغتصاب|الاعتداء|اعتداء|"
		"الإجهاض|إجهاض|الانتحار|انتحار|الميل الجنسي|الميول الجنسية|"
		"جرعة زائدة|التعذيب|تعذيب|السوابق"},
	{CHECK_NOT, "en", "not|no|never|don t|dont|without|avoid|leave out|nobody|nothing"},
	{CHECK_NOT, "fr", "ne|n|pas|aucun|aucune|sans|jamais|évitez|éviter|rien"},
	{CHECK_NOT, "es", "no|sin|nunca|evita|evite|eviten|evitar|ningún|ninguna|nada"},
	{CHECK_NOT, "pt", "não|sem|nunca|evite|evitem|evitar|nenhum|nenhuma|nada"},
	{CHECK_NOT, "ru", "не|ни|без|никогда|избегайте|никого|ничего"},
	{CHECK_NOT, "ar", "لا|ألا|لن|عدم|دون|بدون|تجنب|تجنبوا|من غير"},
	{CHECK_NAMING, "en",
		"name|names|naming|named|identify|identifies|identifying|identifiable|"
		"recognise|recognised|recognize|recognized|who you are|who somebody is|"
		"who someone is|who they are|places|personal details|personal information|"
		"personal data"},
	{CHECK_NAMING, "fr",
		"nom|noms|nommer|nommez|nomme|identifier|identifie|identifient|identifiant*|"
		"identifiable*|reconnaître|reconnaissable*|citer|citez|lieu|lieux|"
		"qui vous êtes|qui est une personne|informations personnelles|"
		"données personnelles"},
	{CHECK_NAMING, "es",
		"nombre|nombres|nombrar|nombren|menciones|mencione|mencionar|mencionen|"
		"identificar|identifique|identifiquen|identifica|reconocer|lugar|lugares|"
		"quién eres|quién es|datos personales|información personal"},
	{CHECK_NAMING, "pt",
		"nome|nomes|nomear|nomeie|nomeiem|mencione|mencionar|mencionem|identificar|"
		"identifique|identifiquem|identifica|reconhecer|lugar|lugares|quem é|"
		"dados pessoais|informações pessoais"},
	{CHECK_NAMING, "ru",
		"имя|имён|имена|имени|называйте|называть|назовите|указывайте имён|упоминайте|"
		"места|мест|узнать|опознать|личные данные|личных данных|персональные данные|"
		"персональных данных|кто вы"},
	{CHECK_NAMING, "ar",
		"اسم|أسماء|اسمكم|أسماؤكم|أسمائكم|تذكر|تذكروا|ذكر|هوية|هويتكم|أماكن|مكان|"
		"تسمية|بيانات شخصية|معلومات شخصية"},
	{CHECK_MINUTE, "en", "minute|minutes|min|mins"},
	{CHECK_MINUTE, "fr", "minute|minutes|min"},
	{CHECK_MINUTE, "es", "minuto|minutos|min"},
	{CHECK_MINUTE, "pt", "minuto|minutos|min"},
	{CHECK_MINUTE, "ru", "минут|минута|минуты|минуту|мин"},
	{CHECK_MINUTE, "ar", "دقيقة|دقائق|دقيقتان|دقيقتين"},
	{CHECK_TOPICS, NULL, NULL},
};
