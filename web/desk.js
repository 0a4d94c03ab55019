// desk.js - what a page does beyond its forms; without it everything still works.
