import { importColumns, type ImportColumn } from '#contracts';
import { headingKey, headingWords, isOneTypoAway } from './headings.ts';

/** What people call our columns: English, German, French, Spanish. */
const aliases: Record<ImportColumn, string> = {
  sku: `sku code, stock code, stock keeping unit, item code, item number, item no, item #, item id, product code, product number, product id, part number, part no,
    article number, article no, article code, variant sku, model number, artikelnummer, artikelnr, artikel nr, art nr, artikel, artikelcode, produktnummer,
    bestellnummer, sachnummer, materialnummer, référence, réf, référence produit, référence article, code article, code produit, numéro d’article,
    referencia, ref, código, código de artículo, código del artículo, código de producto, código producto, número de artículo, clave`,
  name: `item, item name, product, product name, product title, title, article name, bezeichnung, artikelbezeichnung, artikelname, produkt,
    produktname, produktbezeichnung, titel, benennung, nom, nom du produit, nom produit, désignation, libellé, intitulé, titre, nom de l’article,
    nombre, nombre del producto, nombre de producto, nombre del artículo, producto, artículo, denominación, título`,
  description: `desc, long description, product description, item description, beschreibung, artikelbeschreibung, produktbeschreibung, langtext, description longue,
    description du produit, descriptif, descripción, descripción del producto, descripción larga`,
  barcode: `bar code, ean, ean13, ean 13, ean8, ean code, upc, upc a, upc code, gtin, gtin13, gtin14, isbn, strichcode, barcode ean, eancode, code barre, code barres, code à barres, code-barres, gencode, gencod,
    código de barras, codigo barras`,
  moreBarcodes: `other barcodes, additional barcodes, further barcodes, alternative barcodes, weitere barcodes, autres codes-barres, otros códigos de barras`,
  category: `categories, product category, item category, product type, group, product group, item group, department, kategorie, kategorien, warengruppe, artikelgruppe, produktgruppe, gruppe, catégorie,
    catégories, famille, rayon, groupe, categoría, categorías, familia, grupo, tipo de producto`,
  unit: `uom, unit of measure, unit of measurement, units of measure, einheit, mengeneinheit, me, unité, unité de mesure, unidad, unidad de medida`,
  unitCost: `cost, cost price, unit cost price, cost per item, cost per unit, item cost, average cost, default unit cost, cost of goods, purchase price, purchase cost, buying price, buy price, wholesale cost, landed cost,
    ek, ek preis, ek netto, einkaufspreis, einstandspreis, kosten, stückkosten, selbstkosten, selbstkostenpreis, bezugspreis, coût, coût unitaire, prix d’achat, prix achat, prix de revient, pa ht, prix d’achat ht,
    coste, coste unitario, costo, costo unitario, precio de compra, precio coste, precio de coste, precio de costo`,
  reorderPoint: `reorder level, reorder at, reorder point qty, re-order point, min, min stock, min qty, minimum, minimum stock, minimum quantity, minimum level, low stock, low stock level, low stock amount, low stock threshold, safety stock,
    par level, stock alert count, meldebestand, mindestbestand, mindestmenge, bestellpunkt, sicherheitsbestand, seuil, seuil d’alerte, seuil de réapprovisionnement, point de commande, stock minimum, stock mini, stock d’alerte,
    punto de pedido, punto de reorden, stock mínimo, existencias mínimas, nivel mínimo`,
  attributes: '',
  location: `location code, warehouse, warehouse code, store, stock location, lager, lagerort, lagerplatz, lagercode, standort, filiale, emplacement, entrepôt, magasin, dépôt,
    ubicación, almacén, depósito, bodega, tienda, localización`,
  quantity: `qty, qnty, quant, quantity on hand, qty on hand, on hand, onhand, on hand qty, on-hand quantity, stock, stock qty, stock quantity, stock level, stock on hand, in stock, inventory, inventory quantity, inventory qty, inventory level,
    opening stock, current stock, current quantity, available quantity, units, count, pcs, pieces, bestand, lagerbestand, anfangsbestand, menge, anzahl, stück, stückzahl, stk, vorrat, verfügbar,
    quantité, qté, qte, quantité en stock, en stock, stock actuel, stock disponible, nombre d’unités, cantidad, cant, existencias, existencia, inventario, stock inicial, unidades, cantidad en stock`,
};

const byKey = new Map<string, ImportColumn>();
for (const field of importColumns) {
  for (const alias of aliases[field].split(',')) if (alias.trim() !== '') byKey.set(headingKey(alias), field);
}
for (const field of importColumns) byKey.set(headingKey(field), field);

/** Words that make a heading look like one of ours although it is no known name of it. */
const telling: Partial<Record<ImportColumn, string>> = {
  sku: 'sku artikelnummer artikelnr',
  barcode: 'barcode barcodes ean upc gtin isbn strichcode',
  unitCost: 'cost costs cout coste costo kosten einkaufspreis einstandspreis ek',
  reorderPoint: 'reorder meldebestand mindestbestand',
  location: 'location warehouse lagerort lagerplatz lager entrepot almacen emplacement ubicacion',
  quantity:
    'qty quantity quantities stock onhand inventory bestand lagerbestand menge quantite qte cantidad existencias',
};
const byWord = new Map(
  Object.entries(telling).flatMap(([field, words]) =>
    words.split(' ').map((word) => [word, field as ImportColumn] as const),
  ),
);

/** The field whose own name, or a usual name, the heading is. */
export const fieldOf = (heading: string): ImportColumn | undefined => byKey.get(headingKey(heading));

/** Whether the heading is the field's own name, however it is written. */
export const isOwnName = (heading: string, field: ImportColumn): boolean => headingKey(heading) === headingKey(field);

const LONG_ENOUGH_FOR_TYPOS = 6;

/** The field that the heading looks like: it holds a word that only such columns have, or is mistyped by a letter. */
export function resembledField(heading: string): ImportColumn | undefined {
  for (const word of headingWords(heading)) {
    const field = byWord.get(word);
    if (field) return field;
  }
  const key = headingKey(heading);
  if (key.length < LONG_ENOUGH_FOR_TYPOS) return undefined;
  for (const [alias, field] of byKey)
    if (alias.length >= LONG_ENOUGH_FOR_TYPOS && isOneTypoAway(alias, key)) return field;
  return undefined;
}
