/**
 * The words on documentation pages, in the languages that HubSpot publishes. Everything else on a page
 * (names, types, samples, paths) is the same in every language. A page may mix languages, so words are
 * looked up in all of them.
 */

/** The parts of a page. */
export type Part = 'products' | 'authorization' | 'path' | 'query' | 'header' | 'cookie' | 'body' | 'reply';

export const headings: Readonly<Record<Part, readonly string[]>> = {
  products: [
    ...['supported products', 'product requirements', 'requirements', 'productos compatibles', 'productos admitidos'],
    ...['produits pris en charge', 'produits compatibles', 'unterstützte produkte', 'サポートされている製品'],
    ...[
      'サポート対象製品',
      '対応製品',
      '対象製品',
      'produtos compatíveis',
      'produtos suportados',
      'produtos com suporte',
    ],
    ...['prodotti supportati', 'prodotti compatibili', 'ondersteunde producten'],
  ],
  authorization: [
    ...['authorizations', 'authorization', 'authentication', 'autorizaciones', 'autorización', 'autenticación'],
    ...['autorisations', 'autorisation', 'authentification', 'autorisierungen', 'autorisierung', 'authentifizierung'],
    ...['承認', '認証', '認可', 'autorizações', 'autorização', 'autenticação', 'autorizzazioni', 'autorizzazione'],
    ...['autenticazione', 'autorisaties', 'autorisatie', 'authenticatie'],
  ],
  path: [
    ...['path parameters', 'path params', 'uri parameters', 'url parameters', 'parámetros de ruta'],
    ...['parámetros de la ruta', 'parámetros de path', 'paramètres de chemin', 'paramètres du chemin'],
    ...["paramètres d'url", 'pfadparameter', 'pfad-parameter', 'パスパラメータ', 'パスパラメーター', 'パス パラメータ'],
    ...[
      'パス パラメーター',
      'parâmetros de caminho',
      'parâmetros de rota',
      'parâmetros do caminho',
      'parâmetros de path',
    ],
    ...['parametri del percorso', 'parametri di percorso', 'padparameters', 'path-parameters'],
  ],
  query: [
    ...['query parameters', 'query params', 'query string parameters', 'parámetros de consulta', 'parámetros de query'],
    ...['paramètres de requête', 'abfrageparameter', 'query-parameter', 'クエリパラメータ', 'クエリパラメーター'],
    ...['クエリ パラメータ', 'クエリ パラメーター', 'parâmetros de consulta', 'parametri di query', 'queryparameters'],
  ],
  header: [
    ...['headers', 'header parameters', 'request headers', 'encabezados', 'cabeceras', 'en-têtes', 'kopfzeilen'],
    ...['ヘッダー', 'ヘッダ', 'cabeçalhos', 'intestazioni'],
  ],
  cookie: ['cookies', 'cookie parameters', 'クッキー'],
  body: [
    ...['body', 'request body', 'body parameters', 'cuerpo', 'cuerpo de la solicitud', 'corps', 'corps de la requête'],
    ...[
      'anfragetext',
      'anforderungstext',
      'textkörper',
      'hauptteil',
      'anfragekörper',
      'request-body',
      'ボディ',
      'ボディー',
    ],
    ...['本文', 'リクエストボディ', 'リクエスト本文', 'corpo', 'corpo da solicitação', 'corpo da requisição'],
    ...['corpo della richiesta', 'hoofdtekst', 'aanvraagtekst'],
  ],
  reply: [
    ...['response', 'responses', 'response body', 'respuesta', 'respuestas', 'réponse', 'réponses', 'antwort'],
    ...['antworten', 'レスポンス', '応答', 'レスポンス本文', 'resposta', 'respostas', 'risposta', 'risposte'],
    ...['antwoord', 'antwoorden', 'respons'],
  ],
};

/** Marks of a required member. */
export const requiredMarks = [
  ...['required', 'mandatory', 'requerido', 'requerida', 'obligatorio', 'obligatoria', 'requis', 'requise'],
  ...['obligatoire', 'erforderlich', 'pflichtfeld', 'notwendig', '必須', '必須項目', '必要', 'obrigatório'],
  ...['obrigatória', 'necessário', 'obbligatorio', 'obbligatoria', 'richiesto', 'vereist', 'verplicht'],
];

/** Marks of an optional member. Most pages have no mark instead. */
export const optionalMarks = [
  ...['optional', 'opcional', 'facultatif', 'facultative', 'optionnel', '任意', 'オプション', '省略可'],
  ...['facoltativo', 'opzionale', 'optioneel', 'not required', 'no requerido', 'non requis', 'nicht erforderlich'],
];

/** Other words next to a type. They are not compared. */
export const otherMarks = [
  ...['path', 'query', 'header', 'cookie', 'body', 'deprecated', 'obsoleto', 'obsolète', 'veraltet', '非推奨'],
  ...['read-only', 'readonly', 'write-only', 'nullable', 'ruta', 'chemin', 'pfad', 'パス', 'encabezado', 'ヘッダー'],
];

/** Cells that mean "required" in a column of required marks. */
export const yesCells = [
  'yesCells',
  'true',
  'sí',
  'oui',
  'ja',
  'はい',
  'sim',
  'sì',
  '✓',
  '✔',
  '✅',
  'x',
  ...requiredMarks,
];

/** Headings of a column of required marks. */
export const requiredColumn = [...requiredMarks, 'required?', 'obligatorio?', 'requis ?', '必須?'];

/** The types of JSON Schema and their translations. */
export const typeWords: Readonly<Record<string, readonly string[]>> = {
  string: [
    ...['string', 'text', 'cadena', 'cadena de texto', 'chaîne', 'chaîne de caractères', 'zeichenfolge'],
    ...['zeichenkette', '文字列', 'cadeia', 'cadeia de caracteres', 'stringa', 'tekenreeks'],
  ],
  integer: ['integer', 'int', 'entero', 'entier', 'ganzzahl', '整数', 'inteiro', 'intero', 'geheel getal'],
  number: ['number', 'número', 'nombre', 'zahl', '数値', '数字', 'numero', 'getal', 'float', 'double', 'decimal'],
  boolean: [
    ...['boolean', 'bool', 'booleano', 'booléen', 'boolesch', 'boolescher wert', 'ブール値', 'ブーリアン', '真偽値'],
    ...['booleaans'],
  ],
  object: ['object', 'objeto', 'objet', 'objekt', 'オブジェクト', 'oggetto', 'map'],
  array: ['array', 'matriz', 'arreglo', 'tableau', 'liste', '配列', 'lista', 'matrix'],
  enum: ['enum', 'enumeración', 'énumération', 'aufzählung', '列挙型', '列挙', 'enumeração', 'enumerazione'],
  any: ['any', 'unknown', 'null', 'file'],
};

/** Labels of the values of an enum. */
export const optionsLabels = [
  ...['available options', 'options', 'possible values', 'allowed values', 'valid values', 'enum', 'one of'],
  ...['opciones disponibles', 'valores posibles', 'valores permitidos', 'options disponibles', 'valeurs possibles'],
  ...['valeurs autorisées', 'verfügbare optionen', 'mögliche werte', 'zulässige werte', '利用可能なオプション'],
  ...[
    '使用可能なオプション',
    '指定可能な値',
    '有効な値',
    'opções disponíveis',
    'valores possíveis',
    'opzioni disponibili',
  ],
  ...['valori possibili', 'beschikbare opties', 'mogelijke waarden'],
];

/** HubSpot's tiers. */
export const tiers: Readonly<Record<string, readonly string[]>> = {
  Free: ['free', 'gratuito', 'gratuita', 'gratis', 'gratuit', 'gratuite', 'kostenlos', 'kostenfrei', '無料', '無料版'],
  Starter: ['starter', 'inicial', 'スターター'],
  Professional: [
    ...['professional', 'pro', 'profesional', 'professionnel', 'profissional', 'professionale', 'professioneel'],
    ...['プロフェッショナル'],
  ],
  Enterprise: ['enterprise', 'empresa', 'empresas', 'entreprise', 'エンタープライズ', '大企業'],
};

/** Labels of the date of the last change. */
export const modifiedLabels = [
  ...['last modified', 'last updated', 'updated on', 'última modificación', 'modificado', 'última actualización'],
  ...['actualizado', 'dernière modification', 'modifié', 'dernière mise à jour', 'mis à jour', 'zuletzt geändert'],
  ...['letzte änderung', 'zuletzt aktualisiert', 'zuletzt bearbeitet', '最終更新', '最終変更', '更新日', '変更日'],
  ...['última modificação', 'última atualização', 'atualizado', 'ultima modifica', 'ultimo aggiornamento'],
  ...['laatst gewijzigd', 'laatst bijgewerkt'],
];

/** The languages in which month names are recognized. */
export const languages = ['en', 'es', 'fr', 'de', 'ja', 'pt', 'it', 'nl'];
