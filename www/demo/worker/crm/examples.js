/** Three made-up people who fill in the form of the demo site: one to call, one to write to, one who only looks. */

/** @type {Record<'en' | 'fr', Record<string, string>[]>} */
export const EXAMPLES = {
  en: [
    { name: 'Agnes Holloway', email: 'agnes@holloway-dairy.example', company: 'Holloway Dairy', rooms: '31+', slot: 'Tuesday, 11:00', message: 'Two of our vaults drift every night, and nobody can tell me why.' },
    { name: 'Ben Okafor', email: 'ben@northpier-fish.example', company: 'North Pier Fish', rooms: '4-30', message: 'We lose a crate a week.' },
    { name: 'Sam Reed', email: 'sam.reed.1987@gmail.com', company: 'At home', rooms: '1-3' },
  ],
  fr: [
    { name: 'Agnès Vuillermoz', email: 'agnes@fromagerie-vuillermoz.example', company: 'Fromagerie Vuillermoz', rooms: '31+', slot: 'mardi, 11:00', message: 'Deux de nos caves dérivent chaque nuit, et personne ne sait me dire pourquoi.' },
    { name: 'Basile Okafor', email: 'basile@maree-du-mole.example', company: 'Marée du Môle', rooms: '4-30', message: 'Nous perdons une caisse par semaine.' },
    { name: 'Sami Rey', email: 'sami.rey.1987@gmail.com', company: 'Chez moi', rooms: '1-3' },
  ],
};
