/** When something sells best. */
export type Season = 'summer' | 'winter' | 'even';

/** A product and its variants, as the buyer of an invented bicycle shop would list them. */
export type Family = [
  code: string,
  name: string,
  /** In minor units, for the first variant. */
  cost: number,
  /** How much it sells, compared with the others. */
  demand: number,
  variants: string,
];

/** What the shop carries, by category. The variants are parted by a vertical bar. */
export const catalogue: { category: string; supplier: string; season: Season; unit?: string; families: Family[] }[] = [
  { category: 'Tyres', supplier: 'Gummi & Son', season: 'summer', families: [
    ['TYR-ROAD', 'Road tyre', 1690, 7, '700x25|700x28|700x32'],
    ['TYR-TOUR', 'Touring tyre, puncture-proof', 1990, 8, '26x1.75|28x1.40|28x1.60|28x1.75'],
    ['TYR-GRVL', 'Gravel tyre', 2450, 5, '650x47|700x38|700x42|700x45'],
    ['TYR-MTB', 'Mountain bike tyre', 2790, 4, '27.5x2.25|27.5x2.40|29x2.25|29x2.40'],
    ['TYR-KIDS', 'Children’s tyre', 790, 4, '12x1.75|16x1.75|20x1.75|24x1.75'],
    ['TYR-WNTR', 'Winter tyre, studded', 3290, 1, '28x1.40|28x1.60'],
  ] },
  { category: 'Tubes', supplier: 'Gummi & Son', season: 'summer', families: [
    ['TUB-PRES', 'Inner tube, Presta', 290, 20, '26|27.5|28/700C|29'],
    ['TUB-AUTO', 'Inner tube, Schrader', 270, 16, '12|16|20|24|26|28'],
    ['TUB-TPU', 'Inner tube, light', 890, 4, '700C|29'],
    ['TUB-RIM', 'Rim tape', 190, 5, '18 mm|22 mm|25 mm'],
  ] },
  { category: 'Drivetrain', supplier: 'Kettenwerk', season: 'even', families: [
    ['CHN', 'Chain', 1150, 9, '8-speed|9-speed|10-speed|11-speed|12-speed|hub gear'],
    ['CHN-LINK', 'Chain link', 220, 6, '8-speed|9-speed|10-speed|11-speed|12-speed'],
    ['CAS', 'Cassette', 2390, 4, '8-speed 11-32|9-speed 11-34|10-speed 11-36|11-speed 11-42|12-speed 10-51'],
    ['CRK', 'Crankset', 4990, 1, '170 mm|172.5 mm|175 mm'],
    ['BBR', 'Bottom bracket', 1790, 2, 'BSA 68|BSA 73|press-fit'],
    ['DER-REAR', 'Rear derailleur', 3890, 1, '8-speed|10-speed|12-speed'],
    ['SHF-CBL', 'Gear cable set', 690, 6, 'standard|coated'],
    ['PED', 'Pedals', 1490, 4, 'city|touring|mountain|children'],
  ] },
  { category: 'Brakes', supplier: 'Kettenwerk', season: 'even', families: [
    ['BRK-PAD-D', 'Disc brake pads', 790, 12, 'round|square|four-piston|resin|sintered'],
    ['BRK-PAD-R', 'Rim brake pads', 450, 9, 'V-brake|road|caliper'],
    ['BRK-DISC', 'Brake disc', 1690, 3, '140 mm|160 mm|180 mm|203 mm'],
    ['BRK-CBL', 'Brake cable', 350, 6, 'road|mountain'],
    ['BRK-OIL', 'Brake fluid', 990, 2, 'mineral oil|DOT 4'],
    ['BRK-LVR', 'Brake lever', 1290, 1, 'left|right'],
  ] },
  { category: 'Lights', supplier: 'Nordlicht', season: 'winter', families: [
    ['LGT-FRNT', 'Front light', 2290, 6, '30 lux|50 lux|80 lux|100 lux'],
    ['LGT-REAR', 'Rear light', 1090, 7, 'battery|USB|with brake light'],
    ['LGT-SET', 'Light set, USB', 2690, 6, '30 lux|50 lux'],
    ['LGT-DYN', 'Dynamo light', 3190, 2, 'front|rear'],
    ['LGT-RFL', 'Reflector', 190, 4, 'front|rear|spokes'],
    ['LGT-CHRG', 'Charging cable', 390, 3, 'micro|type C'],
  ] },
  { category: 'Locks', supplier: 'Nordlicht', season: 'even', families: [
    ['LCK-U', 'U-lock', 2990, 3, '11 mm|13 mm|16 mm'],
    ['LCK-FOLD', 'Folding lock', 3990, 4, '75 cm|85 cm|110 cm'],
    ['LCK-CHN', 'Chain lock', 2490, 3, '85 cm|110 cm|140 cm'],
    ['LCK-CBL', 'Cable lock', 890, 4, 'key|code'],
    ['LCK-FRM', 'Frame lock', 1990, 2, 'standard|with chain socket'],
  ] },
  { category: 'Helmets', supplier: 'Kopfsache', season: 'summer', families: [
    ['HLM-CITY', 'City helmet', 3490, 4, 'black M|black L|white M|white L|sage M|sage L'],
    ['HLM-ROAD', 'Road helmet', 4990, 2, 'black S|black M|black L|red M|red L'],
    ['HLM-MTB', 'Mountain bike helmet', 5490, 2, 'black M|black L|olive M|olive L'],
    ['HLM-KIDS', 'Children’s helmet', 2290, 5, 'fox S|fox M|star S|star M|whale S|whale M'],
    ['HLM-PAD', 'Helmet pads', 490, 2, 'S|M|L'],
  ] },
  { category: 'Bags', supplier: 'Packesel', season: 'summer', families: [
    ['BAG-PAN', 'Pannier, waterproof', 4290, 4, 'black|blue|yellow|red'],
    ['BAG-BAR', 'Handlebar bag', 3190, 2, 'black|olive'],
    ['BAG-SDL', 'Saddle bag', 1290, 4, '0.5 l|0.8 l|1.2 l'],
    ['BAG-FRM', 'Frame bag', 2490, 2, 'S|M|L'],
    ['BAG-BSK', 'Basket', 1990, 3, 'wire|willow|clip-on'],
  ] },
  { category: 'Bottles', supplier: 'Packesel', season: 'summer', families: [
    ['BTL', 'Bottle', 490, 9, '0.5 l clear|0.5 l black|0.75 l clear|0.75 l black|insulated'],
    ['BTL-CAGE', 'Bottle cage', 690, 5, 'black|silver|side-load'],
  ] },
  { category: 'Contact', supplier: 'Sattlerei Holm', season: 'even', families: [
    ['SDL', 'Saddle', 2990, 3, 'city gel|touring|road narrow|road wide|children'],
    ['SDL-POST', 'Seat post', 1990, 1, '27.2 mm|30.9 mm|31.6 mm'],
    ['GRP', 'Grips', 990, 5, 'round black|ergonomic black|ergonomic brown|children'],
    ['GRP-TAPE', 'Bar tape', 1190, 4, 'black|white|cork|orange'],
    ['BAR', 'Handlebar', 2690, 1, 'flat 680|riser 720|drop 420|drop 440'],
    ['STM', 'Stem', 1790, 1, '70 mm|90 mm|110 mm'],
  ] },
  { category: 'Wheels', supplier: 'Sattlerei Holm', season: 'even', families: [
    ['WHL-FRNT', 'Front wheel', 5990, 1, '26|28|28 dynamo|29'],
    ['WHL-REAR', 'Rear wheel', 6990, 1, '26|28|28 hub gear|29'],
    ['SPK', 'Spoke with nipple', 40, 8, '260 mm|264 mm|290 mm|292 mm|294 mm'],
    ['MUD', 'Mudguards', 1890, 3, '26|28 narrow|28 wide'],
    ['STD', 'Kickstand', 1290, 3, 'side|rear|double'],
  ] },
  { category: 'Workshop', supplier: 'Werkbank', season: 'even', families: [
    ['OIL', 'Chain oil', 590, 10, 'dry 100 ml|wet 100 ml|wax 120 ml'],
    ['CLN', 'Cleaner', 790, 5, '500 ml|1 l|drivetrain 500 ml'],
    ['GRS', 'Grease', 690, 3, 'tube 100 g|tub 500 g|assembly paste'],
    ['TL-MULTI', 'Multitool', 1790, 4, '8 functions|12 functions|20 functions'],
    ['TL-LEVER', 'Tyre levers', 290, 8, 'set of 2|set of 3'],
    ['TL-PATCH', 'Patch kit', 250, 12, 'standard|self-adhesive'],
    ['TL-CHN', 'Chain tool', 1290, 2, 'pocket|workshop'],
    ['TL-HEX', 'Hex keys', 1490, 2, 'set metric|set with ball ends'],
    ['PMP', 'Pump', 1990, 4, 'mini|frame|floor|floor with gauge'],
    ['PMP-CO2', 'CO₂ cartridge', 180, 7, '16 g|25 g'],
  ] },
  { category: 'Clothing', supplier: 'Regenrock', season: 'winter', unit: 'each', families: [
    ['CLO-GLV-L', 'Gloves, long', 1790, 5, 'S|M|L|XL'],
    ['CLO-GLV-S', 'Gloves, short', 1290, 3, 'S|M|L|XL'],
    ['CLO-RAIN-J', 'Rain jacket', 4990, 2, 'black M|black L|yellow M|yellow L'],
    ['CLO-RAIN-P', 'Rain trousers', 3490, 2, 'M|L|XL'],
    ['CLO-CAP', 'Cap', 990, 2, 'wool|summer'],
    ['CLO-VEST', 'High-visibility vest', 590, 4, 'M|L|children'],
    ['CLO-BAND', 'Trouser band', 190, 5, 'yellow|black'],
  ] },
  { category: 'Transport', supplier: 'Packesel', season: 'summer', families: [
    ['SEAT', 'Child seat', 5990, 2, 'front|rear frame|rear carrier'],
    ['TRL', 'Trailer', 19900, 0.5, 'one child|two children|cargo'],
    ['TRL-CPL', 'Trailer coupling', 1990, 1, 'axle|through axle'],
    ['RCK', 'Carrier', 2990, 2, 'front|rear 26|rear 28'],
    ['RCK-STRP', 'Strap', 390, 4, 'three-band|net|hook'],
    ['BEL', 'Bell', 590, 6, 'brass|black|ding-dong|children'],
    ['MIR', 'Mirror', 1090, 2, 'left|right|bar end'],
    ['SHO', 'Shoes', 6990, 1, '40|41|42|43|44|45'],
    ['BAG-RAIN', 'Rain cover', 790, 2, 'saddle|pannier|basket'],
  ] },
  { category: 'Bicycles', supplier: 'Radhaus', season: 'summer', families: [
    ['BIK-CITY', 'City bicycle', 39900, 1, 'blue 50 cm|blue 55 cm|black 55 cm|black 60 cm'],
    ['BIK-TREK', 'Trekking bicycle', 64900, 1, 'graphite 52 cm|graphite 56 cm|green 56 cm|green 60 cm'],
    ['BIK-GRVL', 'Gravel bicycle', 99900, 0.5, 'sand S|sand M|sand L'],
    ['BIK-KIDS', 'Children’s bicycle', 18900, 1.5, '12 red|16 red|16 blue|20 green|24 green'],
  ] },
]; // prettier-ignore
