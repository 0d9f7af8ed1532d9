"""``citykg init``: start a project folder of one's own."""

import argparse
from pathlib import Path

from citykg.cli.render import write_text
from citykg.cli.values import filled
from citykg.init import init

__all__ = ["WITHOUT", "add_parser", "run"]

_NEW = "makes a new project, and reads none"
WITHOUT = {"project": _NEW, "store": _NEW}

_DESCRIPTION = """\
Make a project folder with the ontology, the shapes and the stored queries of citykg, and a small bilingual
example to replace: one article of a made-up city, with its text, its passages and what they state.

  citykg init my-city              a folder here
  citykg init ~/graphs/my-city     somewhere else
  cd my-city && citykg build       it builds as it stands
"""

_NEXT = {
    "en": """\
made {folder}
  data/entities/    the things: places, people, organisations, each declared once
  data/articles/    one folder for each article: article.ttl (passages), facts.trig (what they state)
  data/background/  what reasoning needs and no article says
  ontology/         classes, properties, shapes, vocabularies
  queries/          stored queries and data checks
next: {cd}citykg build
""",
    "zh": """\
已创建 {folder}
  data/entities/    事物：地点、人物、机构，各声明一次
  data/articles/    每篇文章一个文件夹：article.ttl（语段）、facts.trig（语段所述事实）
  data/background/  推理所需而文章未提及的背景知识
  ontology/         类、属性、形状、词表
  queries/          预存查询与数据检查
下一步：{cd}citykg build
""",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parser of ``init``."""
    parser = subparsers.add_parser(
        "init",
        help="start a project folder of your own",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=filled("DIR"), metavar="DIR", help="a folder that is new or empty")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the folder and say what is in it."""
    import shlex

    folder = Path(args.folder)
    init(folder)
    cd = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(args.folder)} && "
    write_text(_NEXT[args.lang].format(folder=args.folder, cd=cd))
    return 0
