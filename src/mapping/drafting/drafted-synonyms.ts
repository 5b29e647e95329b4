/**
 * What columns are called besides the usual names of `synonyms.ts`, by attribute: other languages,
 * abbreviations, and words that mean something else elsewhere. As they are spelt, accents included.
 *
 * Only for a draft, which a person reads before it holds: what is taken without a word of the
 * operator's stands in `synonyms.ts`, and nowhere twice.
 */
export const DRAFTED_SYNONYMS: Readonly<Record<string, string>> = {
  login:
    "user uid userid loginid account accountname samaccountname signinname preferredusername " +
    "benutzer benutzername benutzerkennung anmeldename kennung kontoname nutzername " +
    "utilisateur nomutilisateur nomdutilisateur identifiant compte " +
    "usuario nombreusuario nombredeusuario cuenta utente nomeutente accountutente " +
    "nomeusuario nomedeusuario utilizador nomeutilizador nomedeutilizador conta " +
    "gebruiker gebruikersnaam inlognaam accountnaam",
  email:
    "emailaddr mailaddr contactemail businessemail emailwork emailbusiness emails " +
    "emailadresse mailadresse kontaktemail dienstemail emailgeschäftlich geschäftlicheemail " +
    "courriel mél adresseemail adressemail adressedemessagerie adresseélectronique emailpro " +
    "emailprofessionnel correo correoelectrónico direcciondecorreo emailtrabajo " +
    "indirizzoemail indirizzomail postaelettronica emailaziendale " +
    "correioeletrônico correioelectrónico endereçoemail endereçodeemail emailcorporativo " +
    "emailadres mailadres werkemail",
  secondEmail:
    "recoveryemail privateemail personalemail otheremail mail2 alternativeemail homeemail " +
    "emailprivat privateemailadresse zweiteemail privatemail emailpersonnel emailsecondaire " +
    "courrielpersonnel correoalternativo correopersonal emailpersonal emailsecundario " +
    "emailsecondaria emailpersonale emailpessoal emailalternativo privéemail emailprivé " +
    "tweedeemail",
  firstName:
    "givennames forenames vorname vornamen rufname prénom prénoms primernombre nombres " +
    "primeironome nomepróprio voornaam voornamen roepnaam",
  lastName:
    "nachname familienname zuname nomdefamille nomfamille patronyme apellido apellidos " +
    "primerapellido cognome sobrenome últimonome achternaam familienaam",
  middleName:
    "middleinitial zweitername zweitervorname mittelname deuxièmeprénom segundonombre " +
    "secondonome nomedomeio tweedenaam tussenvoegsel",
  honorificPrefix:
    "courtesytitle anrede akademischertitel civilité titredecivilité tratamiento titolostudio " +
    "tratamento aanhef",
  honorificSuffix: "namenszusatz suffixe sufijo suffisso sufixo achtervoegsel",
  title:
    "position jobposition occupation jobrole titel funktion stellenbezeichnung " +
    "berufsbezeichnung beruf titre poste fonction intituléduposte puesto cargo profesión " +
    "qualifica mansione posizione função profissão functie functietitel functienaam",
  displayName:
    "gecos completename anzeigename vollername vollständigername ganzername nomcomplet " +
    "nomaffiché nombrecompleto nombrevisible nomecompleto nomevisualizzato nomedeexibição " +
    "nomeexibição volledigenaam weergavenaam",
  nickName: "spitzname surnom pseudo pseudonyme apodo alias soprannome bijnaam",
  profileUrl: "url profilelink profillink webseite siteweb paginaweb sitoweb profielurl",
  primaryPhone:
    "tel phoneno phone1 tel1 telno phonework landline homephone telefon telefonnummer telefonnr " +
    "telnr festnetz festnetznummer rufnummer telefongeschäftlich diensttelefon " +
    "téléphone numérotéléphone numérodetéléphone téléphonefixe telfixe téléphonepro " +
    "teléfono numerotelefono numerodeteléfono teléfonofijo numeroditelefono telefonofisso " +
    "telefone numerodetelefone telefonefixo fone telefoon telefoonnummer vastetelefoon",
  mobilePhone:
    "mobilephonenumber cellphonenumber mobileno phonemobile handy handynummer handynr mobil " +
    "mobilnummer mobiltelefon mobiltelefonnummer telefonmobil mobilfunk natel portable " +
    "telportable téléphoneportable téléphonemobile telmobile numéroportable móvil " +
    "teléfonomóvil telefonocelular celular cellulare telefonocellulare numerocellulare " +
    "telemóvel telefonecelular mobiel mobielnummer mobieletelefoon gsm gsmnummer",
  streetAddress:
    "addr addr1 straße anschrift adresse adresse1 straßehausnummer straßeundhausnummer " +
    "straßenr rue voie calle dirección domicilio via indirizzo rua endereço morada " +
    "logradouro straat straatnaam adres",
  city:
    "stadt ort wohnort gemeinde ville commune localité ciudad población localidad municipio " +
    "città comune cidade localidade plaats woonplaats stad gemeente",
  state:
    "bundesland kanton région provincia regione regiao região distrito estado " +
    "comunidadautonoma provincie",
  zipCode: "plz postleitzahl codepostal cp códigopostal cap codicepostale cep postnummer postalzip",
  countryCode:
    "countryiso isocountry iso2 co land staat nation ländercode länderkürzel " +
    "länderkennzeichen landeskennung pays codepays país códigopaís códigodepaís paese " +
    "nazione codicepaese landcode countryid",
  postalAddress:
    "postanschrift briefanschrift adressepostale direcciónpostal indirizzopostale " +
    "endereçopostal postadres",
  preferredLanguage:
    "languagecode langcode sprache bevorzugtesprache korrespondenzsprache sprachcode langue " +
    "languepréférée idioma lengua idiomapreferido lingua linguapreferita línguapreferida " +
    "taal voorkeurstaal taalcode",
  locale:
    "userlocale localeid localecode culture gebietsschema paramètresrégionaux " +
    "configuraciónregional localizzazione landinstelling",
  timezone:
    "timezoneid timezonename zeitzone fuseau fuseauhoraire zonahoraria husohorario " +
    "fusoorario fusohorário tijdzone",
  userType:
    "accounttype persontype usercategory benutzertyp benutzerart nutzertyp kontotyp " +
    "mitarbeitertyp typeutilisateur typedutilisateur tipousuario tipodeusuario tipoutente " +
    "gebruikerstype",
  employeeNumber:
    "employeeno empno staffid workerid personalnummer personalnr persnr mitarbeiternummer " +
    "mitarbeiternr mitarbeiterid matricule numéroemployé numérodemployé numeroempleado " +
    "numerodeempleado legajo matricola matrícula numerodipendente numerofuncionario " +
    "personeelsnummer medewerkernummer",
  costCenter:
    "kostenstelle kst centredecoût centredecoûts centrodecosto centrodecostos centrodecoste " +
    "centrodicosto centrodecusto kostenplaats",
  organization:
    "employer firma firmenname unternehmen gesellschaft entreprise société raisonsociale " +
    "empresa organización compañía razonsocial azienda società ditta ragionesociale " +
    "organizzazione companhia organização bedrijf bedrijfsnaam organisatie",
  division: "businessunit sparte geschäftsbereich bereich pôle divisione división divisão divisie",
  department:
    "departmentname dep abteilung abt service département departamento departement " +
    "dipartimento reparto setor afdeling",
  managerId:
    "managernumber manageremployeeid supervisorid reportsto vorgesetzterid vorgesetztennummer " +
    "idresponsable idmanager",
  manager:
    "supervisor linemanager vorgesetzter vorgesetzte führungskraft supérieur responsable jefe " +
    "responsabile capo gestor chefe leidinggevende",
};

/** Words for a name of a person alone: the whole one, or whichever part has no column of its own. */
export const BARE_NAMES = "name nom nome nombre naam namen";

/**
 * Names of columns that may hold password material, taken for a draft only and only where the
 * values are hashes.
 */
export const DRAFTED_PASSWORD_COLUMNS =
  "passwort passworthash kennwort kennworthash passwortprüfsumme pw motdepasse mdp hashmotdepasse " +
  "motdepassehash mdphash contraseña hashcontraseña contraseñahash clave claveacceso senha " +
  "senhahash hashsenha palavrapasse parolachiave chiaveaccesso wachtwoord wachtwoordhash " +
  "passhash pwdigest shadow userpass userpwd loginpassword";

/** Names of columns that hold a salt, taken for a draft only and only beside a hash. */
export const DRAFTED_SALT_COLUMNS =
  "passsalt pwsalt pwdsalt usersalt salz passwortsalt kennwortsalt selmotdepasse " +
  "motdepassesalt mdpsel contraseñasalt senhasalt wachtwoordsalt zout";

/** Words by which columns tell who is, or is no longer, to be moved; for a draft only. */
export const STATUS_COLUMNS =
  "status accountstatus userstatus active isactive enabled isenabled accountenabled disabled " +
  "isdisabled blocked isblocked locked islocked deleted isdeleted deletedat suspended archived " +
  "inactive banned aktiv istaktiv gesperrt gelöscht deaktiviert kontostatus statut actif bloqué " +
  "supprimé désactivé activo bloqueado eliminado borrado inactivo attivo bloccato cancellato " +
  "disattivato ativo excluído inativo actief geblokkeerd verwijderd stato situação";
