"""`python -m xianke`."""

from xianke.cli import main  # noqa: TID251 - this is the way in

if __name__ == "__main__":
    main()
