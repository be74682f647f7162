import {
  ActionIcon,
  Button,
  Checkbox,
  ModalRoot,
  NativeSelect,
  PasswordInput,
  Select,
  TextInput,
  createTheme,
} from '@mantine/core';

/** Only what is no style: colours, fonts and sizes are variables, in theme.css. */
export const theme = createTheme({
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    // Locking the page's scrolling would insert a style element, which the policy forbids.
    ModalRoot: ModalRoot.extend({
      defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 100 } },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
  },
});
