import { openPage } from "../../pages/open-page";
import { Popup } from "../../pages/popup";

openPage((shared) => <Popup {...shared} />);
