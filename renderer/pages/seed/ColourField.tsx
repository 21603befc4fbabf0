import { Button, Menu, MenuItem, PopoverNext } from '@blueprintjs/core';
import { CaretDownIcon, TickIcon } from '@blueprintjs/icons';
import { type AnnotationColour, COLOURS, colourOf } from './colours.ts';

interface ColourFieldProps {
  readonly colour: AnnotationColour | null;
  readonly onColour: (colour: AnnotationColour | null) => void;
}

/** The colour of an annotation's line: one with a name, or that of its kind. The shape of the line is always its kind's. */
export function ColourField({ colour, onColour }: ColourFieldProps) {
  const tick = (on: boolean) => on && { labelElement: <TickIcon size={14} /> };
  return (
    <PopoverNext
      arrow={false}
      placement="bottom-end"
      transitionDuration={0}
      content={
        <Menu size="small">
          <MenuItem text="Colour of the kind" {...tick(colour === null)} onClick={() => onColour(null)} />
          {COLOURS.map(each => (
            <MenuItem
              key={each}
              icon={<Swatch colour={each} />}
              text={each}
              {...tick(each === colour)}
              onClick={() => onColour(each)}
            />
          ))}
        </Menu>
      }
    >
      <Button
        size="small"
        variant="minimal"
        endIcon={<CaretDownIcon size={14} />}
        aria-label={`Colour: ${colour ?? 'of the kind'}`}
        title={`Colour: ${colour ?? 'of the kind'}`}
      >
        {colour === null ? <span className="t3">Colour</span> : <Swatch colour={colour} />}
      </Button>
    </PopoverNext>
  );
}

function Swatch({ colour }: { readonly colour: AnnotationColour }) {
  return <span className="seed-swatch" style={{ background: colourOf(colour) }} aria-hidden="true" />;
}
