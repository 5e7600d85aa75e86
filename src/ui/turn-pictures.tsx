/**
 * What stands beside the number of a turn: filled shapes on a grid of 24, of one colour, to be known at three metres by
 * whoever does not read. The names are those of PICTURES in src/modules/visits/rules/turn.ts.
 */
const SHAPES = {
  corn: [
    "M12 1.5c2.7 0 4.2 3.2 4.2 7.5s-1.5 8.5-4.2 8.5S7.8 13.3 7.8 9 9.3 1.5 12 1.5zM9.7 6h1.3v1.5H9.7zM13 6h1.3v1.5H13zM9.4 9.3H11v1.5H9.4zM13 9.3h1.6v1.5H13zM9.8 12.6h1.3v1.5H9.8zM12.9 12.6h1.3v1.5h-1.3z",
    "M6.5 10.5c-3.5 2-4 7-1.5 11 2 .8 4.5 1 7 1-3.2-2.7-5.2-6.5-5.5-12zM17.5 10.5c3.5 2 4 7 1.5 11-2 .8-4.5 1-7 1 3.2-2.7 5.2-6.5 5.5-12z",
  ],
  hummingbird: [
    "M.5 8.6 8 6.4C9.2 4.6 11.6 4.2 13 5.6c.7.7 1 1.6 1.1 2.6L22.8 1c.6 5-1.3 9.3-5.3 11.3-1 3-3.3 5.2-6 6.2l-.7 4.5-1.9-3.6L5.3 21.5l1.5-4.3c-1.2-2.8-1-5.9.7-8.5zM10.3 6.5a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8z",
  ],
  nopal: [
    "M12 8.5a4.3 6.8 0 1 0 0 13.6 4.3 6.8 0 0 0 0-13.6z",
    "M12 1a2.6 3.5 0 1 0 0 7 2.6 3.5 0 0 0 0-7z",
    "M3.2 4.5c1.9-1 4.4.6 5.4 3.4s.3 5.5-1.6 6.2-4.2-1-5.2-3.8-.5-4.9 1.4-5.8zM20.8 4.5c-1.9-1-4.4.6-5.4 3.4s-.3 5.5 1.6 6.2 4.2-1 5.2-3.8.5-4.9-1.4-5.8z",
    "M4 21.5h16V23H4z",
  ],
  butterfly: [
    "M11.2 11C9 4 4 2.2 2 4.3c-1.7 2-.2 7.8 4.4 8.6-3.1 1.2-3.5 5.3-1.5 6.9 2.3 1.7 5.1-1.7 6.3-5.2zM12.8 11C15 4 20 2.2 22 4.3c1.7 2 .2 7.8-4.4 8.6 3.1 1.2 3.5 5.3 1.5 6.9-2.3 1.7-5.1-1.7-6.3-5.2z",
    "M11.5 8h1v12.5h-1zM11.6 8.5 9 3.3l.9-.5 2.1 4.3 2.1-4.3.9.5-2.6 5.2z",
  ],
  bell: [
    "M12 1.5a1.7 1.7 0 0 1 1.7 2C16.7 4.4 18.2 7 18.2 10.3c0 4.2 1 5.7 2.8 7.2H3c1.8-1.5 2.8-3 2.8-7.2 0-3.3 1.5-5.9 4.5-6.8a1.7 1.7 0 0 1 1.7-2z",
    "M9.2 19h5.6a2.8 2.8 0 0 1-5.6 0z",
  ],
  guitar: [
    "M12 9.2c2.3 0 3.8 1.3 3.8 2.9 0 1-.5 1.5-.5 2.1 0 .9 2 1.7 2 4 0 2.6-2.3 4.6-5.3 4.6s-5.3-2-5.3-4.6c0-2.3 2-3.1 2-4 0-.6-.5-1.1-.5-2.1 0-1.6 1.5-2.9 3.8-2.9zM12 14.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
    "M11.1 3h1.8v8h-1.8z",
    "M10.4.8h3.2v3.4h-3.2zM9.2 1.2h1v1h-1zM9.2 2.9h1v1h-1zM13.8 1.2h1v1h-1zM13.8 2.9h1v1h-1z",
  ],
  fish: [
    "M1.5 12c3-5.2 7.6-6.8 11.8-5.2 2 .8 3.5 2.1 4.9 3.8L22.8 6.5v11l-4.6-4.1c-1.4 1.7-2.9 3-4.9 3.8C9.1 18.8 4.5 17.2 1.5 12zM6.8 9.5a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z",
  ],
  sun: [
    "M12 6.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z",
    "M11 .8h2v4h-2zM11 19.2h2v4h-2zM.8 11h4v2h-4zM19.2 11h4v2h-4zM4.8 3.4l2.9 2.9-1.4 1.4-2.9-2.9zM19.2 3.4l1.4 1.4-2.9 2.9-1.4-1.4zM4.8 20.6l-1.4-1.4 2.9-2.9 1.4 1.4zM19.2 20.6l-2.9-2.9 1.4-1.4 2.9 2.9z",
  ],
  moon: ["M14.5 1.5a10.6 10.6 0 1 0 7.8 15.3A9 9 0 0 1 14.5 1.5z"],
  star: ["M12 1l3.2 7.1 7.8.8-5.8 5.3 1.6 7.7L12 18l-6.8 3.9 1.6-7.7L1 8.9l7.8-.8z"],
  flower: [
    "M9.1 5.3a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0zM15 8.7a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0zM15 15.3a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0zM9.1 18.7a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0zM3.2 15.3a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0zM3.2 8.7a2.9 2.9 0 1 0 5.8 0 2.9 2.9 0 1 0-5.8 0z",
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  ],
  house: ["M12 2 23.2 12H20v9.8h-5.6V15H9.6v6.8H4V12H.8zM16.5 2.8h2.5v3.6l-2.5-2.2z"],
} as const;

export type TurnPictureName = keyof typeof SHAPES;
export const TURN_PICTURE_NAMES = Object.keys(SHAPES) as TurnPictureName[];

/** One picture; the words beside it say the same. */
export function TurnPicture({ name }: { name: TurnPictureName }) {
  return (
    <svg className="turn-picture" viewBox="0 0 24 24" aria-hidden="true">
      <Shapes name={name} />
    </svg>
  );
}

/** All of them as symbols `#turn-NAME`, for a page that draws its codes itself. */
export function TurnPictures() {
  return (
    <svg width="0" height="0" aria-hidden="true">
      {TURN_PICTURE_NAMES.map((name) => (
        <symbol key={name} id={`turn-${name}`} viewBox="0 0 24 24">
          <Shapes name={name} />
        </symbol>
      ))}
    </svg>
  );
}

function Shapes({ name }: { name: TurnPictureName }) {
  return SHAPES[name].map((shape) => <path key={shape} d={shape} fill="currentColor" fillRule="evenodd" />);
}
