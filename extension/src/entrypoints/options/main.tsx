import { openPage } from "../../pages/open-page";
import { Options } from "../../pages/options";

openPage((shared) => <Options {...shared} />);
